// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/majority.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/odds.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/attacks/two_faced_miner.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

/// Someone else must be there to confirm the payment, and he must find a block now and then.
constexpr PartsPerMillion share_min = 10'000;
constexpr PartsPerMillion share_max = 990'000;
/// Blocks of common history before he begins.
constexpr std::uint32_t history_min = 2;
/// So far behind he gives up: with 45 % of the hash rate he would catch up once in 4,000 times,
/// with 60 % he comes to lie so far behind once in ten million.
constexpr std::uint32_t behind_max = 40;

std::uint64_t tag(MinerOrder order) { return static_cast<std::uint64_t>(order); }

double percent(PartsPerMillion share) { return static_cast<double>(share) / (one_million / 100.0); }

/// The same payments, one by one, while everybody mines all the time.
void make_stream(WorkloadSettings& workload) {
    if (workload.kind == WorkloadKind::stream) return;
    workload.kind = WorkloadKind::stream;
    workload.blocks = std::max(1U, workload.rounds);
    workload.payments_max = workload.rounds * workload.payments_per_round;
    workload.payments_per_1000_seconds = workload.payments_max > 0 ? 1'000 : 0;
}

}  // namespace

void Majority::prepare(Scenario& scenario, const Graph& graph) {
    victim_ = victim_of(settings_, graph);
    fee_ = scenario.workload.fee_max;
    settings_.hash_share = std::clamp(settings_.hash_share, share_min, share_max);
    give_share(scenario, settings_.attacker, settings_.hash_share);
    make_stream(scenario.workload);
}

std::unique_ptr<Actor> Majority::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    if (phase_ != Phase::waiting) {  // he crashed: his secret blocks were in memory only
        phase_ = Phase::over;
        failure_ = "crashed and lost the secret blocks";
        return nullptr;
    }
    return std::make_unique<TwoFacedMiner>(seat, secret_);
}

std::uint32_t Majority::height_of(const AttackControl& control, BlockIndex block) const {
    return control.world().archive().blocks()[block].height.value;
}

void Majority::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (phase_ == Phase::over) return;
    const bool is_attacker = who == settings_.attacker;
    const auto* moved = std::get_if<TipMoved>(&notice);
    const auto* mined = std::get_if<BlockMined>(&notice);
    if (is_attacker && mined != nullptr && phase_ != Phase::waiting)
        secret_block_found(control, mined->block);
    if (moved != nullptr && (is_attacker || who == victim_)) public_tip_seen(control, *moved);
    if (is_attacker && moved != nullptr && phase_ == Phase::waiting)
        begin(control, moved->change.to);
    if (who == victim_ && moved != nullptr) victim_moved(control, *moved);
    weigh(control);
}

// From his own place and from the victim's, who shows how well he is paid: were he to show his
// branch without knowing the last public block, some would take it for a rival of equal height and
// help him.
void Majority::public_tip_seen(AttackControl& control, const TipMoved& moved) {
    const BlockTree& blocks = control.world().archive().blocks();
    const BlockIndex tip = moved.change.to;
    const bool is_ours = secret_tip_ != no_block && blocks.is_ancestor(tip, secret_tip_);
    if (!is_ours && blocks[tip].work > blocks[public_tip_].work) public_tip_ = tip;
}

void Majority::begin(AttackControl& control, BlockIndex tip) {
    if (height_of(control, tip) < history_min) return;
    Archive& archive = control.archive();
    const SigningKey key = control.key_of(settings_.attacker);
    const PublicKeyHash self = public_key_hash(key.public_key());
    const PublicKeyHash victim = public_key_hash(control.key_of(victim_).public_key());
    const auto coin = largest_coin(archive, tip, self);
    if (!coin || coin->output.amount <= fee_) return;
    const Hand hand{.shown = key.public_key(), .signs = key};
    const Amount amount{coin->output.amount.value - fee_.value};
    const auto pay = [&](const PublicKeyHash& payee) {
        return archive.add_transaction(craft_payment(*coin, {{.amount = amount, .owner = payee}},
                                                     hand, archive.parameters().genesis_hash));
    };
    paid_ = pay(victim);
    secret_ = pay(self);
    phase_ = Phase::prepared;
    control.poke(settings_.attacker, tag(MinerOrder::mine_in_secret), {});
    story_.tell(control.world().elapsed(),
                fmt::format("{}, with {:.1f} % of all hash rate, signs two payments of one coin: "
                            "{} BZT to {}, and the same back; and begins to mine in "
                            "secret on block {}, with the second",
                            called(settings_.attacker), percent(settings_.hash_share),
                            to_text(amount), called(victim_), height_of(control, tip)));
}

// He pays once he has a block in hand, as the theory has it.
void Majority::secret_block_found(AttackControl& control, BlockIndex block) {
    secret_tip_ = block;
    if (phase_ != Phase::prepared) return;
    if (!holds(control.world().archive(), block, secret_))
        return end(control, "the coin to pay with is gone");
    phase_ = Phase::racing;
    control.submit(settings_.attacker, paid_, {});
    story_.tell(
        control.world().elapsed(),
        fmt::format("{} has block {} in secret, and hands in the payment to {}",
                    called(settings_.attacker), height_of(control, block), called(victim_)));
}

void Majority::victim_moved(AttackControl& control, const TipMoved& moved) {
    if (phase_ != Phase::racing && phase_ != Phase::shown) return;
    look_for_payment(control, moved);
    const std::uint32_t height = height_of(control, moved.change.to);
    const std::uint32_t seen = paid_in_ ? height - height_of(control, *paid_in_) + 1 : 0;
    const bool is_enough =
        confirmations_ < settings_.confirmations && seen >= settings_.confirmations;
    confirmations_ = std::max(confirmations_, seen);
    if (is_enough) {
        story_.tell(
            control.world().elapsed(),
            fmt::format("{} sees the payment with {}, and hands over the goods; the secret "
                        "branch has {} since the fork, the public one {}",
                        called(victim_), counted(seen, "confirmation"),
                        counted(height_of(control, secret_tip_) + 1 - height_of(control, *paid_in_),
                                "block"),
                        seen));
    }
    // With one more block on it, no rival of equal height is left.
    if (reversed_at_ && height > height_of(control, *reversed_at_))
        end(control, fmt::format("the others build on the secret branch: {} has block {}",
                                 called(victim_), height));
}

void Majority::look_for_payment(AttackControl& control, const TipMoved& moved) {
    const Archive& archive = control.world().archive();
    for (const BlockIndex block : moved.change.disconnected) {
        if (block != paid_in_) continue;
        paid_in_.reset();
        reversed_at_ = moved.change.to;
        story_.tell(
            control.world().elapsed(),
            fmt::format("{} takes the longer branch: {} are undone there, and the payment "
                        "with them",
                        called(victim_), counted(moved.change.disconnected.size(), "block")));
    }
    for (const BlockIndex block : moved.change.connected) {
        if (!holds(archive, block, paid_)) continue;
        paid_in_ = block;
        reversed_at_.reset();
    }
}

/// Shows the branch, or gives it up, when the time has come.
void Majority::weigh(AttackControl& control) {
    if (phase_ != Phase::racing && phase_ != Phase::shown) return;
    const BlockTree& blocks = control.world().archive().blocks();
    const std::uint32_t ours = blocks[secret_tip_].height.value;
    const std::uint32_t theirs = blocks[public_tip_].height.value;
    if (theirs >= ours + behind_max) {
        failure_ = fmt::format("fell {} behind and gave up", counted(theirs - ours, "block"));
        return end(control, called(settings_.attacker) + " " + failure_);
    }
    const bool is_longer = blocks[secret_tip_].work > blocks[public_tip_].work;
    if (phase_ == Phase::shown || !is_longer || confirmations_ < settings_.confirmations) return;
    phase_ = Phase::shown;
    control.poke(settings_.attacker, tag(MinerOrder::release), {});
    story_.tell(control.world().elapsed(),
                fmt::format("the secret branch is at block {}, the public one at {}: {} shows it",
                            ours, theirs, called(settings_.attacker)));
}

void Majority::end(AttackControl& control, const std::string& sentence) {
    phase_ = Phase::over;
    control.poke(settings_.attacker, tag(MinerOrder::live_honestly), {});
    story_.tell(control.world().elapsed(), sentence);
}

AttackOutcome Majority::outcome(const World& world) const {
    AttackOutcome outcome{
        .name = "majority",
        .succeeded = false,
        .detail = {},
        .story = story_.steps(),
        .theory_odds = double_spend_odds(settings_.hash_share, settings_.confirmations)};
    if (paid_ == no_transaction) {
        outcome.detail = "The attacker never had a coin to pay with.";
        return outcome;
    }
    const BlockIndex tip = world.common_tip();
    const std::string share =
        fmt::format("{:.1f} % of the hash rate", percent(settings_.hash_share));
    const std::string theory = fmt::format("by theory this succeeds {:.3f} times in 100",
                                           100 * outcome.theory_odds.value());
    outcome.succeeded = confirmations_ >= settings_.confirmations &&
                        is_confirmed(world.archive(), secret_, tip) &&
                        !is_confirmed(world.archive(), paid_, tip);
    if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "With {} the attacker reversed a payment that {} had seen confirmed {}. This is the "
            "limit of the design, which holds as long as most of the work is honest; {}.",
            share, called(victim_), counted(confirmations_, "time"), theory);
    } else {
        outcome.detail = fmt::format("With {} the attacker {}, and the payment stands; {}.", share,
                                     failure_, theory);
    }
    return outcome;
}

}  // namespace bezant::sim
