// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "sim/attack.hpp"
#include "sim/attacks/deceiver.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// One coin, two signed payments: one to the victim, handed in where he is, and one back to the
/// attacker, handed in where he is, at the same moment. Half the network holds each. It succeeds if
/// both are confirmed.
class DoubleSpend final : public Attack {
public:
    explicit DoubleSpend(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void begun(AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] bool wants_more() const override { return !first_confirmed_ && !gave_up_; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    void pay_twice(AttackControl& control);
    void count_holders(const AttackControl& control);
    void look_into_blocks(const AttackControl& control, ParticipantId who, const TipMoved& moved);
    void attempt_seen(Duration at, ParticipantId who, const DoubleSpendAttempted& attempt);
    [[nodiscard]] std::string detail_of(const World& world) const;

    AttackSettings settings_;
    ParticipantId victim_ = 0;
    Duration spread_time_;
    Amount fee_;
    std::uint32_t tries_ = 0;
    bool gave_up_ = false;
    std::optional<Lie> no_lie_;

    /// To the victim, and back to the attacker; empty until they are signed.
    std::array<TransactionIndex, 2> payments_{no_transaction, no_transaction};
    std::array<std::size_t, 2> holders_{};  ///< once both had spread
    std::vector<ParticipantId> witnesses_;  ///< who were offered one while they knew the other
    std::optional<Duration> victim_told_;
    std::optional<TransactionIndex> first_confirmed_;
    Story story_;
};

}  // namespace bezant::sim
