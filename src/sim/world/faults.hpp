// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/world/driver.hpp"

namespace bezant::sim {

/// Makes things go wrong, and right again: the scenario's faults, those of an attack, and random
/// ones.
class Faults {
public:
    using Tell = std::function<void(const std::string&)>;

    Faults(Core& core, Driver& driver, Tell tell);

    /// Puts the scenario's faults and the first random one on the schedule.
    void begin();
    /// A fault whose moment counts from now.
    void add(const Fault& fault, Duration after);
    /// The scheduled fault of this number strikes.
    void strike(std::uint64_t number);
    /// The next random fault strikes, or all is mended.
    void stir();
    /// Whether faults are still to come, or random ones are still to be mended.
    [[nodiscard]] bool expected() const { return faults_left_ > 0 || chaos_goes_on_; }

private:
    void apply(const Fault& fault);
    void partition(const std::vector<std::uint32_t>& side);
    void heal();
    void cut_link(const Fault& fault, bool cut);
    void crash(ParticipantId who);
    void restart(ParticipantId who);
    void random_fault();
    void mend_all();
    [[nodiscard]] std::vector<std::uint32_t> random_side();
    [[nodiscard]] Connections::EdgeIndex edge_between(ParticipantId one, ParticipantId other) const;

    Core& core_;
    Driver& driver_;
    Tell tell_;
    Random random_;
    std::vector<Fault> faults_;
    std::size_t faults_left_ = 0;
    bool chaos_goes_on_ = false;
    std::vector<Connections::EdgeIndex> split_;  ///< links that the partition in force bars
    std::vector<Connections::EdgeIndex> cut_;    ///< links cut one by one
};

}  // namespace bezant::sim
