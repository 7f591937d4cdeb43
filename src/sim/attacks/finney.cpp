// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/finney.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/branch_miner.hpp"
#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/odds.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/mining.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr PartsPerMillion finney_share_usual = 200'000;
/// How long the victim looks for a second payment of the coin.
constexpr Duration patience = seconds(10);

}  // namespace

void Finney::prepare(Scenario& scenario, Graph& graph) {
    trade_ = Trade{settings_.attacker, victim_of(settings_, graph)};
    fee_ = scenario.workload.fee_max;
    hash_share_ = settings_.hash_share.value_or(finney_share_usual);
    hash_rate_ = scenario.mining.hash_rate;
    give_share(scenario, settings_.attacker, hash_share_);
    make_stream(scenario.workload, std::max(1U, scenario.workload.rounds));
}

std::unique_ptr<Actor> Finney::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<BranchMiner>(seat, trade_.back());
}

void Finney::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    const BlockTree& blocks = control.world().archive().blocks();
    const auto* moved = std::get_if<TipMoved>(&notice);
    const auto* mined = std::get_if<BlockMined>(&notice);
    const bool is_attacker = who == settings_.attacker;
    if (who == trade_.victim()) trade_.victim_noticed(control.world().archive(), notice);
    if (is_attacker && mined != nullptr && phase_ == Phase::mining) found(control, mined->block);
    if (is_attacker && moved != nullptr && phase_ == Phase::waiting)
        begin(control, moved->change.to);
    // With a block on either, it is decided.
    if (moved != nullptr && phase_ == Phase::shown &&
        blocks[moved->change.to].height > blocks[block_].height)
        phase_ = Phase::over;
}

void Finney::begin(AttackControl& control, BlockIndex tip) {
    if (!trade_.sign(control, fee_, tip)) return;
    phase_ = Phase::mining;
    order_miner(control, settings_.attacker, MinerOrder::mine_in_secret);
    story_.tell(control.world().elapsed(),
                fmt::format("{} signs two payments of one coin of {} BZT, and mines a block with "
                            "the one back to himself",
                            called(settings_.attacker), to_text(trade_.amount())));
}

void Finney::found(AttackControl& control, BlockIndex block) {
    const Archive& archive = control.world().archive();
    if (!holds(archive, block, trade_.back())) return;
    phase_ = Phase::paid;
    block_ = block;
    control.submit(trade_.victim(), trade_.to_victim(), {});
    control.wake(0, patience);
    story_.tell(control.world().elapsed(),
                fmt::format("he has found block {}, tells nobody, and pays {} with the other",
                            archive.blocks()[block].height.value, called(trade_.victim())));
}

void Finney::woken(AttackControl& control, std::uint64_t /*tag*/) {
    const World& world = control.world();
    const Height height = world.archive().blocks()[block_].height;
    const bool is_late = world.archive().blocks()[world.common_tip()].height >= height;
    is_delivered_ = trade_.is_accepted();
    phase_ = Phase::shown;
    order_miner(control, settings_.attacker, MinerOrder::show, height);
    order_miner(control, settings_.attacker, MinerOrder::live_honestly);
    story_.tell(world.elapsed(),
                fmt::format("{} has {}; the block is shown{}", called(trade_.victim()),
                            is_delivered_ ? "seen no other payment, and hands over the goods"
                                          : "not got the payment",
                            is_late ? ", but others have found one meanwhile" : ""));
}

AttackOutcome Finney::outcome(const World& world) const {
    const CompactTarget target = world.archive().parameters().target_limit;
    const Duration block = mean_time_of_block(target, {hash_rate_ * one_million});
    const double blocks_of_others = static_cast<double>(one_million - hash_share_) / one_million *
                                    static_cast<double>(patience.microseconds) /
                                    static_cast<double>(block.microseconds);
    AttackOutcome outcome{.name = "finney",
                          .succeeded = is_delivered_ && trade_.is_reversed(world),
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = chance_of_none(blocks_of_others)};
    const std::string theory = fmt::format("by theory this succeeds {:.1f} times in 100",
                                           100 * outcome.theory_odds.value());
    if (block_ == no_block) {
        outcome.detail = "The attacker never found a block with a payment back to himself.";
    } else if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "{} looked for {} whether there is another payment, and could not see the one that was "
            "in a block already; {}. Who waits for a block is not cheated so.",
            called(trade_.victim()), seconds_text(patience), theory);
    } else {
        outcome.detail = fmt::format(
            "Others found a block before his was out, and he lost both the coin and the block; {}.",
            theory);
    }
    return outcome;
}

}  // namespace bezant::sim
