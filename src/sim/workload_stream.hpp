// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sim/settling.hpp"
#include "sim/workload.hpp"

namespace bezant::sim {

/// A stream: everyone mines all the time, and payments come at random moments (a Poisson process),
/// until the chain is long enough or time is up. Then payments and mining stop and the world
/// settles; only where tips differ, mining goes on until they do not.
class StreamWorkload final : public Workload {
public:
    /// The settings say an end: a number of blocks, or a duration.
    StreamWorkload(const WorkloadSettings& settings, PaymentPlanner planner, Engine& engine,
                   WorkloadHost& host);

    void begin() override;
    void step(std::uint64_t number) override;
    void look() override;
    [[nodiscard]] bool is_over() const override { return phase_ == Phase::over; }
    [[nodiscard]] double progress() const override;

private:
    enum class Phase { streaming, settling, over };

    struct Planned {
        ParticipantId payer = 0;
        ParticipantId payee = 0;
        PaymentPlanner::Sum sum;
    };

    [[nodiscard]] Duration pause(PaymentPlanner& planner) const;
    void await_payment();
    void pay();
    void look_ahead();
    [[nodiscard]] std::optional<Planned> next_payment(PaymentPlanner& planner) const;
    [[nodiscard]] std::optional<Planned> payment_of(ParticipantId payer,
                                                    PaymentPlanner& planner) const;
    [[nodiscard]] bool has_reached_end() const;

    WorkloadSettings settings_;
    PaymentPlanner planner_;
    Engine& engine_;
    WorkloadHost& host_;
    Settling settling_;
    Phase phase_ = Phase::streaming;
    std::uint32_t payments_ = 0;
    std::uint32_t prepared_ = 0;  ///< of the payments to come
};

}  // namespace bezant::sim
