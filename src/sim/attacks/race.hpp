// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attacks/split_attack.hpp"

namespace bezant::sim {

/// The victim hands over the goods as soon as the payment is in his pool. At that moment all others
/// are given the one back. It succeeds if the victim accepted his, and the other one is confirmed.
/// The odds are the share of the hash rate that heard of the payment back first.
class Race final : public SplitAttack {
public:
    explicit Race(const AttackSettings& settings) : SplitAttack(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    [[nodiscard]] std::string paid(const World& world) const override;
    [[nodiscard]] Duration spread_time() const override;
    void spread(const World& world, const std::vector<Holder>& holders) override;
    void look_into_block(const World& world, BlockIndex block);

    std::vector<PartsPerMillion> shares_;  ///< of all hash rate, by participant
    std::optional<double> held_back_;  ///< share of the hash rate that would confirm the one back
};

}  // namespace bezant::sim
