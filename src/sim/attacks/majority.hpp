// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attacks/branch_attack.hpp"

namespace bezant::sim {

/// The attacker pays the victim, waits until the victim sees n confirmations, and mines a branch in
/// secret meanwhile, from before that payment, in which the coin goes back to himself. When his
/// branch is longer he shows it. It succeeds if the payment that the victim saw confirmed is gone:
/// for certain with more than half of all hash rate, and with the odds of Rosenfeld 2012 with less.
class Majority final : public BranchAttack {
public:
    explicit Majority(const AttackSettings& settings);

    void prepare(Scenario& scenario, Graph& graph) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    [[nodiscard]] std::string first_step(Height tip) const override;
    void block_found(AttackControl& control, Height height) override;
    void secret_block_found(AttackControl& control, BlockIndex block);
    void tip_seen(BlockIndex tip, const BlockTree& blocks);
    void victim_moved(AttackControl& control, Height height);
    void weigh(AttackControl& control);

    std::uint32_t behind_max_ = 0;           ///< so far behind he gives up
    BlockIndex public_tip_ = genesis_index;  ///< the best that is not on his branch
    BlockIndex secret_tip_ = no_block;
    Height shown_at_;
};

}  // namespace bezant::sim
