// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/settling.hpp"
#include "sim/workload.hpp"

namespace bezant::sim {

/// Rounds: some pay, the payments spread, all mine until everyone is on one longer chain, and all
/// is quiet again.
class RoundsWorkload final : public Workload {
public:
    RoundsWorkload(const WorkloadSettings& settings, PaymentPlanner planner, Engine& engine,
                   WorkloadHost& host);

    void begin() override;
    void step(std::uint64_t number) override;
    void look() override;
    [[nodiscard]] bool is_over() const override { return phase_ == Phase::over; }
    [[nodiscard]] double progress() const override;

private:
    enum class Phase { resting, paying, mining, settling, over };

    void start_round();
    void plan_payments();
    void end_round();

    WorkloadSettings settings_;
    PaymentPlanner planner_;
    Engine& engine_;
    WorkloadHost& host_;
    Settling settling_;
    Phase phase_ = Phase::resting;
    std::uint32_t round_ = 0;
    Height height_before_;
};

}  // namespace bezant::sim
