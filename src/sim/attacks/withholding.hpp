// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "sim/attack.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// A miner who tells of his blocks by their headers and gives their bodies to nobody. It succeeds
/// if such a block gets into the main chain.
class Withholding final : public Attack {
public:
    explicit Withholding(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    AttackSettings settings_;
    Duration timeout_;  ///< after it participants ask another, and after a second one drop him
    std::uint64_t blocks_ = 0;    ///< that he withheld
    Duration first_found_;        ///< the first of them
    std::set<ParticipantId> by_;  ///< neighbours who have dropped him
    Duration waited_;             ///< the first of them, from then on
    std::uint64_t drops_ = 0;
    Story story_;
};

}  // namespace bezant::sim
