// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/vector76.hpp"

#include <fmt/format.h>

#include <array>

#include "sim/attacks/branch_miner.hpp"
#include "sim/attacks/odds.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/attacks/tie_network.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

/// When everyone has the block that he saw first.
constexpr Duration after_the_block = seconds(1);

}  // namespace

Vector76::Vector76(const AttackSettings& settings)
    : BranchAttack(settings, {.share_usual = 200'000, .pays_victim = true, .history_min = {}}) {}

void Vector76::prepare(Scenario& scenario, Graph& graph) {
    BranchAttack::prepare(scenario, graph);
    victims_share_ = share_of(scenario, trade_.victim());
    make_split_network(scenario, graph, std::array{trade_.victim()});
}

std::string Vector76::first_step(Height /*tip*/) const {
    return fmt::format(
        "{} signs two payments of one coin of {} BZT, and mines a block with the one to {}",
        called(settings_.attacker), to_text(trade_.amount()), called(trade_.victim()));
}

void Vector76::block_found(AttackControl& control, Height height) {
    order_miner(control, settings_.attacker, MinerOrder::match, height);
    tell(control, fmt::format("he has found block {}, and tells nobody", height.value));
}

void Vector76::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    BranchAttack::noticed(control, who, notice);
    if (who == trade_.victim() && trade_.confirmations() > 0 && !is_delivered_) deliver(control);
    const BlockTree& blocks = control.world().archive().blocks();
    const auto* mined = std::get_if<BlockMined>(&notice);
    if (mined != nullptr && who != settings_.attacker && phase_ == Phase::hiding &&
        blocks[mined->block].height == blocks[block_].height)
        strike(control, who);
    const auto* moved = std::get_if<TipMoved>(&notice);
    if (moved == nullptr || phase_ != Phase::shown) return;
    if (blocks[moved->change.to].height <= blocks[block_].height) return;
    phase_ = Phase::over;
    order_miner(control, settings_.attacker, MinerOrder::live_honestly);
}

void Vector76::deliver(const AttackControl& control) {
    is_delivered_ = true;
    tell(control, fmt::format("{} sees the payment with 1 confirmation, and hands over the goods",
                              called(trade_.victim())));
}

/// As soon as he hears of the rival his own goes out, and reaches the victim first. All others get
/// the other payment, where the rival was found. On which of the two he mines himself nobody sees.
void Vector76::strike(AttackControl& control, ParticipantId finder) {
    phase_ = Phase::shown;
    control.submit(finder, trade_.back(), after_the_block);
    tell(control, fmt::format("{} finds one of the same height: he shows his to {}, and gives all "
                              "others the payment back",
                              called(finder), called(trade_.victim())));
}

double Vector76::theory_odds() const {
    const double others = static_cast<double>(one_million - hash_share_);
    const double not_his = (others - victims_share_) / others;
    return not_his * not_his;
}

AttackOutcome Vector76::outcome(const World& world) const {
    AttackOutcome outcome = outcome_of(world, "vector76", theory_odds());
    const std::string victim = called(trade_.victim());
    const std::string theory = odds_text(outcome.theory_odds.value());
    if (block_ == no_block) {
        outcome.detail = "The attacker never found a block with a payment to the victim.";
    } else if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "The block that {} had seen first was not the one that the others built on, and the "
            "coin is back; {}. Who waits for a second block is not cheated so.",
            victim, theory);
    } else if (!failure_.empty()) {
        outcome.detail = fmt::format("The attacker {}; {}.", failure_, theory);
    } else if (is_delivered_) {
        outcome.detail = fmt::format("{} found the next block, and is paid; {}.", victim, theory);
    } else {
        outcome.detail = fmt::format("{} had found the other block, and saw no confirmation; {}.",
                                     victim, theory);
    }
    return outcome;
}

}  // namespace bezant::sim
