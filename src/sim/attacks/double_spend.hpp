// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attacks/split_attack.hpp"

namespace bezant::sim {

/// One coin, two signed payments: one to the victim, handed in where he is, and one back to the
/// attacker, handed in where he is, at the same moment. Half the network holds each. It succeeds if
/// both are confirmed.
class DoubleSpend final : public SplitAttack {
public:
    explicit DoubleSpend(const AttackSettings& settings) : SplitAttack(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    [[nodiscard]] std::string paid(const World& world) const override;
    [[nodiscard]] Duration spread_time() const override;
    void spread(const World& world, const std::vector<Holder>& holders) override;
    void look_into_block(const World& world, ParticipantId who, BlockIndex block);
    void attempt_seen(Duration at, ParticipantId who, const DoubleSpendAttempted& attempt);
    [[nodiscard]] std::string detail_of_one(bool is_victims) const;

    Duration spread_time_;
    std::ptrdiff_t holders_of_victims_ = 0;  ///< once both had spread
    std::ptrdiff_t holders_of_back_ = 0;
    std::vector<ParticipantId> witnesses_;  ///< who were offered one while they knew the other
    std::optional<Duration> victim_told_;
};

}  // namespace bezant::sim
