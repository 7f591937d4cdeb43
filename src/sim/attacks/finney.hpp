// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attacks/branch_attack.hpp"

namespace bezant::sim {

/// The attack that Finney described (Bitcoin Forum 2011, "Best practice for fast transaction
/// acceptance"): the attacker mines a block with the payment back to himself, and keeps it. Then he
/// pays the victim, who waits some seconds for a second payment of the coin, sees none, and hands
/// over the goods. Then the block is shown. It fails if others find one meanwhile; the odds are
/// exp(-(1 - q) t / T) with his share q of the hash rate, the victim's patience t, and the time of
/// a block T.
class Finney final : public BranchAttack {
public:
    explicit Finney(const AttackSettings& settings);

    void prepare(Scenario& scenario, Graph& graph) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    [[nodiscard]] std::string first_step(Height tip) const override;
    void block_found(AttackControl& control, Height height) override;
    [[nodiscard]] double theory_odds(const World& world) const;

    std::uint64_t hash_rate_ = 0;  ///< of all, hashes a second
};

}  // namespace bezant::sim
