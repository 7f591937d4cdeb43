// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/double_spend.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/attacks/trade.hpp"
#include "sim/topology/graph_distance.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

/// The first round begins a second after the start; then payments spread and nobody mines.
constexpr Duration first_try = milliseconds(1'200);
constexpr Duration between_tries = seconds(1);
/// An attacker who owns nothing must mine a coin first; he waits so many seconds for it.
constexpr std::uint32_t tries_max = 600;

enum Moment : std::uint64_t { pay, count };

constexpr std::array<std::string_view, 2> payment_names{"the payment to the victim",
                                                        "the payment back to the attacker"};

}  // namespace

void DoubleSpend::prepare(Scenario& scenario, Graph& graph) {
    victim_ = victim_of(settings_, graph);
    spread_time_ = scenario.workload.spread_time;
    fee_ = scenario.workload.fee_max;
}

std::unique_ptr<Actor> DoubleSpend::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<Deceiver>(seat, no_lie_);
}

void DoubleSpend::begun(AttackControl& control) { control.wake(pay, first_try); }

void DoubleSpend::woken(AttackControl& control, std::uint64_t tag) {
    if (tag == pay) pay_twice(control);
    if (tag == count) count_holders(control);
}

void DoubleSpend::pay_twice(AttackControl& control) {
    const World& world = control.world();
    Trade trade{settings_.attacker, victim_};
    if (!trade.sign(control, fee_, world.common_tip())) {
        gave_up_ = ++tries_ == tries_max;
        if (!gave_up_) control.wake(pay, between_tries);
        return;
    }
    payments_ = {trade.to_victim(), trade.back()};
    control.submit(victim_, payments_[0], {});
    control.submit(settings_.attacker, payments_[1], {});
    control.wake(count, Duration{spread_time_.microseconds * 2 / 3});

    const auto hops = hop_distances(world.graph(), settings_.attacker)[victim_];
    story_.tell(world.elapsed(),
                fmt::format("{} signs two payments of one coin of {} BZT, one to {}, one "
                            "back, and hands them in {} apart: the first at {}, the second at "
                            "home",
                            called(settings_.attacker), to_text(trade.amount()), called(victim_),
                            counted(hops, "hop"), called(victim_)));
}

void DoubleSpend::count_holders(const AttackControl& control) {
    const World& world = control.world();
    std::size_t both = 0;
    for (ParticipantId who = 0; who < world.size(); ++who) {
        const Participant* participant = world.participant(who);
        if (participant == nullptr) continue;
        std::array<bool, 2> holds{};
        for (std::size_t i = 0; i < holds.size(); ++i) {
            holds[i] = participant->mempool().contains(payments_[i]);
            if (holds[i]) ++holders_[i];
        }
        if (holds[0] && holds[1]) ++both;
    }
    story_.tell(world.elapsed(),
                fmt::format("{} hold the payment to the victim, {} the one back to the attacker, "
                            "{} both",
                            holders_[0], holders_[1], both == 0 ? "nobody" : std::to_string(both)));
}

void DoubleSpend::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (payments_[0] == no_transaction) return;
    if (const auto* attempt = std::get_if<DoubleSpendAttempted>(&notice))
        attempt_seen(control.world().elapsed(), who, *attempt);
    if (const auto* moved = std::get_if<TipMoved>(&notice)) look_into_blocks(control, who, *moved);
}

void DoubleSpend::attempt_seen(Duration at, ParticipantId who,
                               const DoubleSpendAttempted& attempt) {
    const auto is_ours = [&](TransactionIndex payment) {
        return std::ranges::find(payments_, payment) != payments_.end();
    };
    if (!is_ours(attempt.held) || !is_ours(attempt.offered)) return;
    const bool is_new = std::ranges::find(witnesses_, who) == witnesses_.end();
    if (is_new) witnesses_.push_back(who);
    const bool tells_victim = who == victim_ && !victim_told_;
    if (tells_victim) victim_told_ = at;
    if (witnesses_.size() == 1 && is_new) {
        story_.tell(at, fmt::format("the two meet at {}, who keeps the one seen first, refuses "
                                    "the other and reports a double spend",
                                    called(who)));
    } else if (tells_victim) {
        story_.tell(at, fmt::format("{}, the victim, is told of the double spend", called(who)));
    }
}

void DoubleSpend::look_into_blocks(const AttackControl& control, ParticipantId who,
                                   const TipMoved& moved) {
    const Archive& archive = control.world().archive();
    for (const BlockIndex block : moved.change.connected) {
        for (std::size_t i = 0; i < payments_.size() && !first_confirmed_; ++i) {
            if (!holds(archive, block, payments_[i])) continue;
            first_confirmed_ = payments_[i];
            story_.tell(control.world().elapsed(),
                        fmt::format("block {}, seen first by {}, confirms {}: whoever holds the "
                                    "other drops it when the block comes",
                                    archive.blocks()[block].height.value, called(who),
                                    payment_names.at(i)));
        }
    }
}

AttackOutcome DoubleSpend::outcome(const World& world) const {
    AttackOutcome outcome{.name = "double-spend",
                          .succeeded = false,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = {}};
    if (payments_[0] == no_transaction) {
        outcome.detail = "The attacker never had a coin to spend twice.";
        return outcome;
    }
    outcome.succeeded = std::ranges::all_of(payments_, [&](TransactionIndex payment) {
        return is_confirmed(world.archive(), payment, world.common_tip());
    });
    outcome.detail = detail_of(world);
    return outcome;
}

std::string DoubleSpend::detail_of(const World& world) const {
    const auto confirmed = [&](std::size_t i) {
        return is_confirmed(world.archive(), payments_.at(i), world.common_tip());
    };
    if (confirmed(0) && confirmed(1)) return "Both payments of the same coin are confirmed.";
    if (!confirmed(0) && !confirmed(1))
        return "Neither payment is confirmed: the run ended before a block took one.";
    const std::size_t winner = confirmed(0) ? 0 : 1;
    const std::string text = fmt::format(
        "Of two payments of the same coin, held by {} and {} participants, exactly one is "
        "confirmed: {}. {} saw the attempt.",
        holders_[0], holders_[1], payment_names.at(winner),
        counted(witnesses_.size(), "participant"));
    if (victim_told_)
        return text + fmt::format(" The victim was told at {}.", seconds_text(*victim_told_));
    return text + (winner == 0 ? " The victim is paid, and heard of nothing."
                               : " The victim was not told, and held neither.");
}

}  // namespace bezant::sim
