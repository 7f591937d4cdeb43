// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/world/workload.hpp"

namespace bezant::sim {

/// The classroom's workload: several pay, the payments spread, then all mine until everybody has
/// the same tip, higher than before. A fork prolongs a round until one branch has won.
class Rounds final : public Workload {
public:
    Rounds(Core& core, Mining& mining, WorkloadHooks hooks);

    void begin() override;
    void woken(std::uint64_t step) override;
    void tip_moved() override;
    [[nodiscard]] bool is_done() const override { return done_; }
    [[nodiscard]] double progress() const override;

private:
    enum class Phase : std::uint8_t { paying, mining, settling };

    /// A number for the next moment asked for; it makes the ones before it meaningless.
    std::uint64_t step(Phase phase);
    void start_round();
    void order_payments();
    void start_mining();
    void settle();
    [[nodiscard]] Height height() const;
    [[nodiscard]] bool agreed_on_more() const;

    Core& core_;
    Mining& mining_;
    WorkloadHooks hooks_;
    Payments payments_;
    std::uint64_t steps_ = 0;
    std::uint32_t round_ = 0;
    Height height_before_;
    bool mining_on_ = false;
    bool done_ = false;
};

}  // namespace bezant::sim
