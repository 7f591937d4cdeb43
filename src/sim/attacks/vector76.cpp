// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/vector76.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/attacks/branch_miner.hpp"
#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/attacks/tie_network.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr PartsPerMillion vector76_share_usual = 200'000;
/// When everyone has the block that he saw first.
constexpr Duration after_the_block = seconds(1);

}  // namespace

void Vector76::prepare(Scenario& scenario, Graph& graph) {
    trade_ = Trade{settings_.attacker, victim_of(settings_, graph)};
    fee_ = scenario.workload.fee_max;
    hash_share_ = settings_.hash_share.value_or(vector76_share_usual);
    give_share(scenario, settings_.attacker, hash_share_);
    victims_share_ = share_of(scenario, trade_.victim());
    make_split_network(scenario, graph, std::array{trade_.victim()});
    make_stream(scenario.workload, std::max(1U, scenario.workload.rounds));
}

std::unique_ptr<Actor> Vector76::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<BranchMiner>(seat, trade_.to_victim());
}

void Vector76::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    const BlockTree& blocks = control.world().archive().blocks();
    const auto* moved = std::get_if<TipMoved>(&notice);
    const auto* mined = std::get_if<BlockMined>(&notice);
    const bool is_attacker = who == settings_.attacker;
    if (is_attacker && mined != nullptr && phase_ == Phase::mining) found(control, mined->block);
    if (mined != nullptr && !is_attacker && phase_ == Phase::hiding &&
        blocks[mined->block].height == blocks[block_].height)
        strike(control, who);
    if (who == trade_.victim()) {
        trade_.victim_noticed(control.world().archive(), notice);
        if (trade_.confirmations() > 0 && !is_delivered_) {
            is_delivered_ = true;
            story_.tell(control.world().elapsed(),
                        fmt::format("{} sees the payment with 1 confirmation, and hands over the "
                                    "goods",
                                    called(who)));
        }
    }
    if (moved == nullptr) return;
    const Height height = blocks[moved->change.to].height;
    if (is_attacker && phase_ == Phase::waiting) begin(control, moved->change.to);
    if (phase_ != Phase::shown || height <= blocks[block_].height) return;
    phase_ = Phase::over;
    order_miner(control, settings_.attacker, MinerOrder::live_honestly);
}

void Vector76::begin(AttackControl& control, BlockIndex tip) {
    if (!trade_.sign(control, fee_, tip)) return;
    phase_ = Phase::mining;
    order_miner(control, settings_.attacker, MinerOrder::mine_in_secret);
    story_.tell(
        control.world().elapsed(),
        fmt::format("{} signs two payments of one coin of {} BZT, and mines a block with "
                    "the one to {}",
                    called(settings_.attacker), to_text(trade_.amount()), called(trade_.victim())));
}

void Vector76::found(AttackControl& control, BlockIndex block) {
    if (!holds(control.world().archive(), block, trade_.to_victim())) return;
    phase_ = Phase::hiding;
    block_ = block;
    const Height height = control.world().archive().blocks()[block].height;
    order_miner(control, settings_.attacker, MinerOrder::match, height);
    story_.tell(control.world().elapsed(),
                fmt::format("he has found block {}, and tells nobody", height.value));
}

/// As soon as he hears of the rival his own goes out, and reaches the victim first. All others get
/// the other payment, where the rival was found. On which of the two he mines himself nobody sees.
void Vector76::strike(AttackControl& control, ParticipantId finder) {
    phase_ = Phase::shown;
    control.submit(finder, trade_.back(), after_the_block);
    story_.tell(control.world().elapsed(),
                fmt::format("{} finds one of the same height: he shows his to {}, and gives all "
                            "others the payment back",
                            called(finder), called(trade_.victim())));
}

AttackOutcome Vector76::outcome(const World& world) const {
    const double others = static_cast<double>(one_million - hash_share_);
    const double not_his = (others - victims_share_) / others;
    AttackOutcome outcome{.name = "vector76",
                          .succeeded = is_delivered_ && trade_.is_reversed(world),
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = not_his * not_his};
    const std::string theory = fmt::format("by theory this succeeds {:.1f} times in 100",
                                           100 * outcome.theory_odds.value());
    if (block_ == no_block) {
        outcome.detail = "The attacker never found a block with a payment to the victim.";
    } else if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "The block that {} had seen first was not the one that the others built on, and the "
            "coin is back; {}. Who waits for a second block is not cheated so.",
            called(trade_.victim()), theory);
    } else if (is_delivered_) {
        outcome.detail = fmt::format("{} found the next block, and is paid; {}.",
                                     called(trade_.victim()), theory);
    } else {
        outcome.detail = fmt::format("{} had found the other block, and saw no confirmation; {}.",
                                     called(trade_.victim()), theory);
    }
    return outcome;
}

}  // namespace bezant::sim
