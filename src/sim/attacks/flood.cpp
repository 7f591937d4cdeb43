// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/flood.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/payments_of_others.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

enum Moment : std::uint64_t { act, look };

constexpr std::uint32_t coins = 400;
/// What he pays for each: the least there is.
constexpr Amount spam_fee{1};
constexpr Amount split_fee{1'000'000};
/// Less than the spam, so that it cannot all be held.
constexpr std::size_t pool_bytes = 40'000;
constexpr std::uint32_t flood_blocks_usual = 40;
/// When the flood has reached everyone, and before a block takes of it.
constexpr Duration high_water = milliseconds(500);
constexpr Duration between_looks = seconds(2);
/// He is there for so many looks, and so long the run goes on.
constexpr std::uint32_t looks = 100;

}  // namespace

void Flood::prepare(Scenario& scenario, Graph& /*graph*/) {
    looks_left_ = looks;
    pool_bytes_max_ = std::min(scenario.participant.mempool.bytes_max, pool_bytes);
    scenario.participant.mempool.bytes_max = pool_bytes_max_;
    make_stream(scenario.workload, flood_blocks_usual);
}

std::unique_ptr<Actor> Flood::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<Deceiver>(seat, no_lie_);
}

void Flood::begun(AttackControl& control) { control.wake(act, between_looks); }

void Flood::woken(AttackControl& control, std::uint64_t tag) {
    const World& world = control.world();
    look_into_pools(world);
    if (tag == look) return;
    if (split_ == no_transaction) {
        split_coin(control);
    } else if (spam_.empty() && is_confirmed(world.archive(), split_, world.common_tip())) {
        flood(control);
    }
    if (--looks_left_ > 0) control.wake(act, between_looks);
}

void Flood::split_coin(AttackControl& control) {
    const World& world = control.world();
    const SigningKey key = control.key_of(settings_.attacker);
    const PublicKeyHash self = public_key_hash(key.public_key());
    const auto coin = largest_coin(world.archive(), world.common_tip(), self);
    if (!coin || coin->output.amount <= split_fee) return;
    const Amount each{(coin->output.amount.value - split_fee.value) / coins};
    const std::vector<Output> outputs(coins, Output{.amount = each, .owner = self});
    split_ = control.archive().add_transaction(
        craft_payment(*coin, outputs, {.shown = key.public_key(), .signs = key},
                      control.archive().parameters().genesis_hash));
    control.submit(settings_.attacker, split_, {});
    story_.tell(world.elapsed(), fmt::format("{} splits a coin into {}", called(settings_.attacker),
                                             counted(coins, "small one")));
}

void Flood::flood(AttackControl& control) {
    Archive& archive = control.archive();
    const SigningKey key = control.key_of(settings_.attacker);
    const Hand hand{.shown = key.public_key(), .signs = key};
    const TransactionId id = archive.transactions()[split_].id;
    const Output small = archive.transactions()[split_].transaction.outputs.front();
    for (std::uint32_t index = 0; index < coins; ++index) {
        const NamedCoin coin{.name = {.transaction = id, .index = index}, .output = small};
        const Output to_self{.amount = Amount{small.amount.value - spam_fee.value},
                             .owner = small.owner};
        const TransactionIndex payment = archive.add_transaction(
            craft_payment(coin, {to_self}, hand, archive.parameters().genesis_hash));
        spam_.insert(payment);
        spam_bytes_ += archive.transactions()[payment].bytes;
        control.submit(settings_.attacker, payment, {});
    }
    control.wake(look, high_water);
    story_.tell(control.world().elapsed(),
                fmt::format("he pays all of them to himself, for a fee of {} BZT each: {} bytes, "
                            "where pools hold {}",
                            to_text(spam_fee), spam_bytes_, pool_bytes_max_));
}

void Flood::look_into_pools(const World& world) {
    for (ParticipantId who = 0; who < world.size(); ++who) {
        const Participant* participant = world.participant(who);
        if (participant != nullptr) fullest_ = std::max(fullest_, participant->mempool().bytes());
    }
}

AttackOutcome Flood::outcome(const World& world) const {
    const Archive& archive = world.archive();
    const auto confirmed = [&](TransactionIndex payment) {
        return is_confirmed(archive, payment, world.common_tip());
    };
    const auto spam_confirmed = static_cast<std::uint64_t>(std::ranges::count_if(spam_, confirmed));
    std::set<TransactionIndex> his = spam_;
    his.insert(split_);
    const PaymentsMade honest = payments_of_others(world, his);
    const bool is_bounded = fullest_ <= pool_bytes_max_;
    AttackOutcome outcome{.name = "flood",
                          .succeeded = !is_bounded || honest.is_one_kept_out,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = {},
                          .figures = {}};
    outcome.figures = {
        {"spam", "payments that he made", static_cast<double>(spam_.size()), {}},
        {"spam_confirmed", "of them confirmed", static_cast<double>(spam_confirmed), {}},
        {"fullest_pool_bytes", "bytes in the fullest pool", static_cast<double>(fullest_),
         static_cast<double>(pool_bytes_max_)},
        {"honest_payments", "payments of the others", static_cast<double>(honest.made), {}},
        {"honest_confirmed", "of them confirmed", static_cast<double>(honest.confirmed),
         static_cast<double>(honest.made)}};
    outcome.detail =
        spam_.empty()
            ? "The attacker never had a coin to split."
            : fmt::format(
                  "Pools never held more than {} bytes, of the {} that they may. What pays "
                  "more goes first: {} of {} payments of the others were confirmed.",
                  fullest_, pool_bytes_max_, honest.confirmed, honest.made);
    return outcome;
}

}  // namespace bezant::sim
