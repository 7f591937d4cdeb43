// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attacks/branch_attack.hpp"

namespace bezant::sim {

/// The attack on those who wait for one block (vector76, Bitcoin Forum 2011, "Fake Bitcoins?"). The
/// attacker mines a block with the payment to the victim, and keeps it until others find one of
/// the same height. Then he shows his to the victim, near whom he sits, so that the victim sees a
/// confirmation and hands over the goods; to all others he gives the payment back. It succeeds
/// unless the victim has found the rival, or finds the block after it: with the victim's share v
/// and his own share q of the hash rate, the odds are ((1 - q - v) / (1 - q))^2.
class Vector76 final : public BranchAttack {
public:
    explicit Vector76(const AttackSettings& settings);

    void prepare(Scenario& scenario, Graph& graph) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    [[nodiscard]] std::string first_step(Height tip) const override;
    void block_found(AttackControl& control, Height height) override;
    void strike(AttackControl& control, ParticipantId finder);
    void deliver(const AttackControl& control);
    [[nodiscard]] double theory_odds() const;

    PartsPerMillion victims_share_ = 0;
};

}  // namespace bezant::sim
