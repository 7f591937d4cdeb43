// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/majority.hpp"

#include <fmt/format.h>

#include "sim/attacks/branch_miner.hpp"
#include "sim/attacks/odds.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

Majority::Majority(const AttackSettings& settings)
    : BranchAttack(settings,
                   {.share_usual = 600'000, .pays_victim = false, .history_min = Height{2}}) {}

void Majority::prepare(Scenario& scenario, Graph& graph) {
    BranchAttack::prepare(scenario, graph);
    behind_max_ = hopeless_deficit(hash_share_);
}

void Majority::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (phase_ == Phase::over) return;
    BranchAttack::noticed(control, who, notice);
    const BlockTree& blocks = control.world().archive().blocks();
    const bool is_attacker = who == settings_.attacker;
    const bool is_victim = who == trade_.victim();
    const auto* moved = std::get_if<TipMoved>(&notice);
    const auto* mined = std::get_if<BlockMined>(&notice);
    if (is_attacker && mined != nullptr) secret_block_found(control, mined->block);
    // From his own place and from the victim's, who shows how well he is paid: were he to show his
    // branch without knowing the last public block, some would take it for a rival of equal height
    // and help him.
    if (moved != nullptr && (is_attacker || is_victim)) tip_seen(moved->change.to, blocks);
    if (moved != nullptr && is_victim) victim_moved(control, blocks[moved->change.to].height);
    weigh(control);
}

std::string Majority::first_step(Height tip) const {
    return fmt::format(
        "{}, with {:.1f} % of all hash rate, signs two payments of one coin: {} BZT to {}, and the "
        "same back; and begins to mine in secret on block {}, with the second",
        called(settings_.attacker), percent(hash_share_), to_text(trade_.amount()),
        called(trade_.victim()), tip.value);
}

// He pays once he has a block in hand, as the theory has it.
void Majority::block_found(AttackControl& control, Height height) {
    control.submit(settings_.attacker, trade_.to_victim(), {});
    tell(control, fmt::format("{} has block {} in secret, and hands in the payment to {}",
                              called(settings_.attacker), height.value, called(trade_.victim())));
}

void Majority::secret_block_found(AttackControl& control, BlockIndex block) {
    if (phase_ == Phase::waiting) return;
    secret_tip_ = block;
    if (phase_ != Phase::shown) return;
    const Height height = control.world().archive().blocks()[block].height;
    order_miner(control, settings_.attacker, MinerOrder::show, height);
}

void Majority::tip_seen(BlockIndex tip, const BlockTree& blocks) {
    const bool is_ours = secret_tip_ != no_block && blocks.is_ancestor(tip, secret_tip_);
    if (!is_ours && blocks[tip].work > blocks[public_tip_].work) public_tip_ = tip;
}

void Majority::victim_moved(AttackControl& control, Height height) {
    const std::string victim = called(trade_.victim());
    const bool is_enough = trade_.confirmations() >= settings_.confirmations;
    if (phase_ == Phase::hiding && is_enough && !is_delivered_) {
        is_delivered_ = true;
        tell(control, fmt::format("{} sees the payment with {}, and hands over the goods", victim,
                                  counted(trade_.confirmations(), "confirmation")));
    }
    if (phase_ != Phase::shown || trade_.confirmations() > 0) return;
    if (height == shown_at_)
        tell(control, fmt::format("{} takes the longer branch: {} are undone there, and the "
                                  "payment with them",
                                  victim, counted(trade_.undone(), "block")));
    // With one more block on it, no rival of equal height is left.
    if (height > shown_at_)
        end(control, fmt::format("the others build on the secret branch: {} has block {}", victim,
                                 height.value));
}

/// Shows the branch, or gives it up, when the time has come.
void Majority::weigh(AttackControl& control) {
    if (phase_ != Phase::hiding && phase_ != Phase::shown) return;
    const BlockTree& blocks = control.world().archive().blocks();
    const Height ours = blocks[secret_tip_].height;
    const Height theirs = blocks[public_tip_].height;
    if (theirs.value >= ours.value + behind_max_) {
        failure_ =
            fmt::format("fell {} behind and gave up", counted(theirs.value - ours.value, "block"));
        return end(control, called(settings_.attacker) + " " + failure_);
    }
    const bool is_time = phase_ == Phase::hiding && is_delivered_;
    if (!is_time || blocks[secret_tip_].work <= blocks[public_tip_].work) return;
    phase_ = Phase::shown;
    shown_at_ = ours;
    order_miner(control, settings_.attacker, MinerOrder::show, ours);
    tell(control, fmt::format("the secret branch is at block {}, the public one at {}: {} shows it",
                              ours.value, theirs.value, called(settings_.attacker)));
}

AttackOutcome Majority::outcome(const World& world) const {
    AttackOutcome outcome =
        outcome_of(world, "majority", double_spend_odds(hash_share_, settings_.confirmations));
    if (!trade_.is_signed()) {
        outcome.detail = "The attacker never had a coin to pay with.";
        return outcome;
    }
    const std::string share = fmt::format("{:.1f} % of the hash rate", percent(hash_share_));
    const std::string theory = odds_text(outcome.theory_odds.value(), 3);
    if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "With {} the attacker reversed a payment that {} had seen confirmed {}. This is the "
            "limit of the design, which holds as long as most of the work is honest; {}.",
            share, called(trade_.victim()), counted(trade_.confirmations_seen(), "time"), theory);
    } else {
        outcome.detail =
            fmt::format("With {} the attacker {}, and the payment stands; {}.", share,
                        failure_.empty() ? "did not get his branch accepted" : failure_, theory);
    }
    return outcome;
}

}  // namespace bezant::sim
