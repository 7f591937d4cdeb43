// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/majority.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/branch_miner.hpp"
#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/odds.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr PartsPerMillion majority_share_usual = 600'000;
/// Someone else must be there to confirm the payment, and he must find a block now and then.
constexpr PartsPerMillion share_min = 10'000;
constexpr PartsPerMillion share_max = 990'000;
/// Blocks of common history before he begins.
constexpr Height history_min{2};

}  // namespace

void Majority::prepare(Scenario& scenario, Graph& graph) {
    trade_ = Trade{settings_.attacker, victim_of(settings_, graph)};
    fee_ = scenario.workload.fee_max;
    hash_share_ =
        std::clamp(settings_.hash_share.value_or(majority_share_usual), share_min, share_max);
    behind_max_ = hopeless_deficit(hash_share_);
    give_share(scenario, settings_.attacker, hash_share_);
    make_stream(scenario.workload, std::max(1U, scenario.workload.rounds));
}

std::unique_ptr<Actor> Majority::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    if (phase_ != Phase::waiting) {  // he crashed: his secret blocks were in memory only
        phase_ = Phase::over;
        failure_ = "crashed and lost the secret blocks";
        return nullptr;
    }
    return std::make_unique<BranchMiner>(seat, trade_.back());
}

void Majority::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (phase_ == Phase::over) return;
    const BlockTree& blocks = control.world().archive().blocks();
    const bool is_attacker = who == settings_.attacker;
    const auto* moved = std::get_if<TipMoved>(&notice);
    const auto* mined = std::get_if<BlockMined>(&notice);
    if (who == trade_.victim()) trade_.victim_noticed(control.world().archive(), notice);
    if (is_attacker && mined != nullptr && phase_ != Phase::waiting)
        secret_block_found(control, mined->block);
    // From his own place and from the victim's, who shows how well he is paid: were he to show his
    // branch without knowing the last public block, some would take it for a rival of equal height
    // and help him.
    if (moved != nullptr && (is_attacker || who == trade_.victim()))
        tip_seen(moved->change.to, blocks);
    if (is_attacker && moved != nullptr && phase_ == Phase::waiting)
        begin(control, moved->change.to);
    if (who == trade_.victim() && moved != nullptr)
        victim_moved(control, blocks[moved->change.to].height);
    weigh(control);
}

void Majority::tip_seen(BlockIndex tip, const BlockTree& blocks) {
    const bool is_ours = secret_tip_ != no_block && blocks.is_ancestor(tip, secret_tip_);
    if (!is_ours && blocks[tip].work > blocks[public_tip_].work) public_tip_ = tip;
}

void Majority::begin(AttackControl& control, BlockIndex tip) {
    const Height height = control.world().archive().blocks()[tip].height;
    if (height < history_min || !trade_.sign(control, fee_, tip)) return;
    phase_ = Phase::prepared;
    order_miner(control, settings_.attacker, MinerOrder::mine_in_secret);
    story_.tell(control.world().elapsed(),
                fmt::format("{}, with {:.1f} % of all hash rate, signs two payments of one coin: "
                            "{} BZT to {}, and the same back; and begins to mine in "
                            "secret on block {}, with the second",
                            called(settings_.attacker), percent(hash_share_),
                            to_text(trade_.amount()), called(trade_.victim()), height.value));
}

// He pays once he has a block in hand, as the theory has it.
void Majority::secret_block_found(AttackControl& control, BlockIndex block) {
    const Archive& archive = control.world().archive();
    secret_tip_ = block;
    if (phase_ == Phase::shown)
        order_miner(control, settings_.attacker, MinerOrder::show, archive.blocks()[block].height);
    if (phase_ != Phase::prepared) return;
    if (!holds(archive, block, trade_.back())) return end(control, "the coin to pay with is gone");
    phase_ = Phase::racing;
    control.submit(settings_.attacker, trade_.to_victim(), {});
    story_.tell(control.world().elapsed(),
                fmt::format("{} has block {} in secret, and hands in the payment to {}",
                            called(settings_.attacker), archive.blocks()[block].height.value,
                            called(trade_.victim())));
}

void Majority::victim_moved(AttackControl& control, Height height) {
    const std::string victim = called(trade_.victim());
    const Duration at = control.world().elapsed();
    const bool is_enough = trade_.confirmations() >= settings_.confirmations;
    if (phase_ == Phase::racing && is_enough && !is_delivered_) {
        is_delivered_ = true;
        story_.tell(at, fmt::format("{} sees the payment with {}, and hands over the goods", victim,
                                    counted(trade_.confirmations(), "confirmation")));
    }
    if (phase_ != Phase::shown || trade_.confirmations() > 0) return;
    if (height == shown_at_)
        story_.tell(at, fmt::format("{} takes the longer branch: {} are undone there, and the "
                                    "payment with them",
                                    victim, counted(trade_.undone(), "block")));
    // With one more block on it, no rival of equal height is left.
    if (height > shown_at_)
        end(control, fmt::format("the others build on the secret branch: {} has block {}", victim,
                                 height.value));
}

/// Shows the branch, or gives it up, when the time has come.
void Majority::weigh(AttackControl& control) {
    if (phase_ != Phase::racing && phase_ != Phase::shown) return;
    const BlockTree& blocks = control.world().archive().blocks();
    const Height ours = blocks[secret_tip_].height;
    const Height theirs = blocks[public_tip_].height;
    if (theirs.value >= ours.value + behind_max_) {
        failure_ =
            fmt::format("fell {} behind and gave up", counted(theirs.value - ours.value, "block"));
        return end(control, called(settings_.attacker) + " " + failure_);
    }
    const bool is_time = phase_ == Phase::racing && is_delivered_;
    if (!is_time || blocks[secret_tip_].work <= blocks[public_tip_].work) return;
    phase_ = Phase::shown;
    shown_at_ = ours;
    order_miner(control, settings_.attacker, MinerOrder::show, ours);
    story_.tell(control.world().elapsed(),
                fmt::format("the secret branch is at block {}, the public one at {}: {} shows it",
                            ours.value, theirs.value, called(settings_.attacker)));
}

void Majority::end(AttackControl& control, const std::string& sentence) {
    phase_ = Phase::over;
    order_miner(control, settings_.attacker, MinerOrder::live_honestly);
    story_.tell(control.world().elapsed(), sentence);
}

AttackOutcome Majority::outcome(const World& world) const {
    AttackOutcome outcome{.name = "majority",
                          .succeeded = is_delivered_ && trade_.is_reversed(world),
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = double_spend_odds(hash_share_, settings_.confirmations)};
    if (!trade_.is_signed()) {
        outcome.detail = "The attacker never had a coin to pay with.";
        return outcome;
    }
    const std::string share = fmt::format("{:.1f} % of the hash rate", percent(hash_share_));
    const std::string theory = fmt::format("by theory this succeeds {:.3f} times in 100",
                                           100 * outcome.theory_odds.value());
    if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "With {} the attacker reversed a payment that {} had seen confirmed {}. This is the "
            "limit of the design, which holds as long as most of the work is honest; {}.",
            share, called(trade_.victim()), counted(trade_.confirmations_seen(), "time"), theory);
    } else {
        outcome.detail = fmt::format("With {} the attacker {}, and the payment stands; {}.", share,
                                     failure_, theory);
    }
    return outcome;
}

}  // namespace bezant::sim
