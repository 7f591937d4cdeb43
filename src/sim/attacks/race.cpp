// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/race.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

enum Moment : std::uint64_t { pay, count };

/// The first round begins a second after the start; then payments spread and nobody mines.
constexpr Duration first_try = milliseconds(1'200);
constexpr Duration between_tries = seconds(1);
constexpr std::uint32_t tries_max = 600;
/// By then each has one of the two.
constexpr Duration spread = milliseconds(1'700);

}  // namespace

void Race::prepare(Scenario& scenario, Graph& graph) {
    trade_ = Trade{settings_.attacker, victim_of(settings_, graph)};
    fee_ = scenario.workload.fee_max;
    for (ParticipantId who = 0; who < scenario.participants; ++who)
        shares_.push_back(share_of(scenario, who));
}

std::unique_ptr<Actor> Race::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<Deceiver>(seat, no_lie_);
}

void Race::begun(AttackControl& control) { control.wake(pay, first_try); }

void Race::woken(AttackControl& control, std::uint64_t tag) {
    if (tag == pay) pay_twice(control);
    if (tag == count) count_holders(control.world());
}

void Race::pay_twice(AttackControl& control) {
    if (!trade_.sign(control, fee_, control.world().common_tip())) {
        is_over_ = ++tries_ == tries_max;
        if (!is_over_) control.wake(pay, between_tries);
        return;
    }
    control.submit(trade_.victim(), trade_.to_victim(), {});
    control.submit(settings_.attacker, trade_.back(), {});
    control.wake(count, spread);
    story_.tell(
        control.world().elapsed(),
        fmt::format("{} gives {} a payment of {} BZT, and all others one of the same coin, "
                    "back to himself",
                    called(settings_.attacker), called(trade_.victim()), to_text(trade_.amount())));
}

void Race::count_holders(const World& world) {
    std::uint64_t back = 0;
    std::uint64_t either = 0;
    for (ParticipantId who = 0; who < world.size(); ++who) {
        const Participant* participant = world.participant(who);
        if (participant == nullptr) continue;
        const bool holds_back = participant->mempool().contains(trade_.back());
        if (holds_back) back += shares_[who];
        if (holds_back || participant->mempool().contains(trade_.to_victim()))
            either += shares_[who];
    }
    if (either == 0) return;  // a block was quicker
    held_back_ = static_cast<double>(back) / static_cast<double>(either);
    story_.tell(world.elapsed(),
                fmt::format("{:.1f} % of the hash rate hold the one back", 100 * *held_back_));
}

void Race::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (is_over_ || !trade_.is_signed()) return;
    const Archive& archive = control.world().archive();
    const bool was_accepted = trade_.is_accepted();
    if (who == trade_.victim()) trade_.victim_noticed(archive, notice);
    if (trade_.is_accepted() && !was_accepted)
        story_.tell(control.world().elapsed(),
                    fmt::format("{} has the payment, waits for no block, and hands over the goods",
                                called(who)));
    const auto* moved = std::get_if<TipMoved>(&notice);
    if (moved == nullptr) return;
    for (const BlockIndex block : moved->change.connected) {
        const bool is_back = holds(archive, block, trade_.back());
        if (is_over_ || (!is_back && !holds(archive, block, trade_.to_victim()))) continue;
        is_over_ = true;
        story_.tell(
            control.world().elapsed(),
            fmt::format("block {} confirms the payment {}", archive.blocks()[block].height.value,
                        is_back ? "back to the attacker" : "to the victim"));
    }
}

AttackOutcome Race::outcome(const World& world) const {
    AttackOutcome outcome{.name = "race",
                          .succeeded = trade_.is_accepted() && trade_.is_reversed(world),
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = held_back_};
    const std::string victim = called(trade_.victim());
    if (!trade_.is_signed()) {
        outcome.detail = "The attacker never had a coin to spend twice.";
    } else if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "{} gave the goods for a payment that nobody will confirm. Who "
            "waits for a block is not cheated so.",
            victim);
    } else if (!trade_.is_accepted()) {
        outcome.detail = fmt::format("{} was told of the other payment in time.", victim);
    } else {
        outcome.detail = fmt::format(
            "The block was found by one who had heard of the payment to {} "
            "first, and it stands.",
            victim);
    }
    return outcome;
}

}  // namespace bezant::sim
