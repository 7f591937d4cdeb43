// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/branch_attack.hpp"

#include <algorithm>
#include <utility>

#include "sim/attacks/branch_miner.hpp"
#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

/// Someone else must be there to confirm the payment, and he must find a block now and then.
constexpr PartsPerMillion branch_share_min = 10'000;
constexpr PartsPerMillion branch_share_max = 990'000;

}  // namespace

void BranchAttack::prepare(Scenario& scenario, Graph& graph) {
    trade_ = Trade{settings_.attacker, victim_of(settings_, graph)};
    fee_ = scenario.workload.fee_max;
    hash_share_ = std::clamp(settings_.hash_share.value_or(opening_.share_usual), branch_share_min,
                             branch_share_max);
    give_share(scenario, settings_.attacker, hash_share_);
    make_stream(scenario.workload, std::max(1U, scenario.workload.rounds));
}

std::unique_ptr<Actor> BranchAttack::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    if (phase_ == Phase::waiting) return std::make_unique<BranchMiner>(seat, payment());
    if (phase_ != Phase::over) failure_ = "crashed and lost the secret blocks";
    phase_ = Phase::over;
    return nullptr;
}

const TransactionIndex& BranchAttack::payment() const {
    return opening_.pays_victim ? trade_.to_victim() : trade_.back();
}

void BranchAttack::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (who == trade_.victim()) trade_.victim_noticed(control.world().archive(), notice);
    if (who != settings_.attacker) return;
    const auto* moved = std::get_if<TipMoved>(&notice);
    const auto* mined = std::get_if<BlockMined>(&notice);
    if (mined != nullptr && phase_ == Phase::mining) found(control, mined->block);
    if (moved != nullptr && phase_ == Phase::waiting) begin(control, moved->change.to);
}

void BranchAttack::begin(AttackControl& control, BlockIndex tip) {
    const Height height = control.world().archive().blocks()[tip].height;
    if (height < opening_.history_min || !trade_.sign(control, fee_, tip)) return;
    phase_ = Phase::mining;
    order_miner(control, settings_.attacker, MinerOrder::mine_in_secret);
    tell(control, first_step(height));
}

void BranchAttack::found(AttackControl& control, BlockIndex block) {
    const Archive& archive = control.world().archive();
    if (!holds(archive, block, payment())) return end(control, "the coin to pay with is gone");
    phase_ = Phase::hiding;
    block_ = block;
    block_found(control, archive.blocks()[block].height);
}

void BranchAttack::end(AttackControl& control, const std::string& sentence) {
    phase_ = Phase::over;
    order_miner(control, settings_.attacker, MinerOrder::live_honestly);
    tell(control, sentence);
}

void BranchAttack::tell(const AttackControl& control, const std::string& sentence) {
    story_.tell(control.world().elapsed(), sentence);
}

AttackOutcome BranchAttack::outcome_of(const World& world, std::string name,
                                       double theory_odds) const {
    return {.name = std::move(name),
            .succeeded = is_delivered_ && trade_.is_reversed(world),
            .detail = {},
            .story = story_.steps(),
            .theory_odds = theory_odds,
            .figures = {}};
}

}  // namespace bezant::sim
