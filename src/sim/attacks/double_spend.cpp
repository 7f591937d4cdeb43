// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/double_spend.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/crafted_payment.hpp"
#include "sim/topology/graph_distance.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

std::string_view name_of_payment(bool is_victims) {
    return is_victims ? "the payment to the victim" : "the payment back to the attacker";
}

}  // namespace

void DoubleSpend::prepare(Scenario& scenario, Graph& graph) {
    SplitAttack::prepare(scenario, graph);
    spread_time_ = scenario.workload.spread_time;
}

std::string DoubleSpend::paid(const World& world) const {
    const auto hops = hop_distances(world.graph(), settings_.attacker)[trade_.victim()];
    const std::string victim = called(trade_.victim());
    return fmt::format(
        "{} signs two payments of one coin of {} BZT, one to {}, one back, and hands them in {} "
        "apart: the first at {}, the second at home",
        called(settings_.attacker), to_text(trade_.amount()), victim, counted(hops, "hop"), victim);
}

Duration DoubleSpend::spread_time() const { return Duration{spread_time_.microseconds * 2 / 3}; }

void DoubleSpend::spread(const World& world, const std::vector<Holder>& holders) {
    holders_of_victims_ = std::ranges::count_if(holders, &Holder::of_victims);
    holders_of_back_ = std::ranges::count_if(holders, &Holder::of_back);
    const auto both = holders_of_victims_ + holders_of_back_ - std::ssize(holders);
    story_.tell(world.elapsed(),
                fmt::format("{} hold the payment to the victim, {} the one back to the attacker, "
                            "{} both",
                            holders_of_victims_, holders_of_back_,
                            both == 0 ? "nobody" : std::to_string(both)));
}

void DoubleSpend::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (!trade_.is_signed()) return;
    const World& world = control.world();
    if (const auto* attempt = std::get_if<DoubleSpendAttempted>(&notice))
        attempt_seen(world.elapsed(), who, *attempt);
    if (const auto* moved = std::get_if<TipMoved>(&notice))
        for (const BlockIndex block : moved->change.connected) look_into_block(world, who, block);
}

void DoubleSpend::attempt_seen(Duration at, ParticipantId who,
                               const DoubleSpendAttempted& attempt) {
    if (!trade_.is_one_of_both(attempt.held) || !trade_.is_one_of_both(attempt.offered)) return;
    const bool is_new = std::ranges::find(witnesses_, who) == witnesses_.end();
    if (is_new) witnesses_.push_back(who);
    const bool tells_victim = who == trade_.victim() && !victim_told_;
    if (tells_victim) victim_told_ = at;
    if (witnesses_.size() == 1 && is_new) {
        story_.tell(at, fmt::format("the two meet at {}, who keeps the one seen first, refuses "
                                    "the other and reports a double spend",
                                    called(who)));
    } else if (tells_victim) {
        story_.tell(at, fmt::format("{}, the victim, is told of the double spend", called(who)));
    }
}

void DoubleSpend::look_into_block(const World& world, ParticipantId who, BlockIndex block) {
    const Archive& archive = world.archive();
    const bool is_victims = holds(archive, block, trade_.to_victim());
    if (is_over_ || (!is_victims && !holds(archive, block, trade_.back()))) return;
    is_over_ = true;
    story_.tell(world.elapsed(),
                fmt::format("block {}, seen first by {}, confirms {}: whoever holds the other "
                            "drops it when the block comes",
                            archive.blocks()[block].height.value, called(who),
                            name_of_payment(is_victims)));
}

AttackOutcome DoubleSpend::outcome(const World& world) const {
    AttackOutcome outcome{.name = "double-spend",
                          .succeeded = false,
                          .detail = "The attacker never had a coin to spend twice.",
                          .story = story_.steps(),
                          .theory_odds = {},
                          .figures = {}};
    if (!trade_.is_signed()) return outcome;
    const BlockIndex tip = world.common_tip();
    const bool is_paid = is_confirmed(world.archive(), trade_.to_victim(), tip);
    const bool is_back = is_confirmed(world.archive(), trade_.back(), tip);
    outcome.succeeded = is_paid && is_back;
    if (outcome.succeeded)
        outcome.detail = "Both payments of the same coin are confirmed.";
    else if (!is_paid && !is_back)
        outcome.detail = "Neither payment is confirmed: the run ended before a block took one.";
    else
        outcome.detail = detail_of_one(is_paid);
    return outcome;
}

std::string DoubleSpend::detail_of_one(bool is_victims) const {
    const std::string text = fmt::format(
        "Of two payments of the same coin, held by {} and {} participants, exactly one is "
        "confirmed: {}. {} saw the attempt.",
        holders_of_victims_, holders_of_back_, name_of_payment(is_victims),
        counted(witnesses_.size(), "participant"));
    if (victim_told_)
        return text + fmt::format(" The victim was told at {}.", seconds_text(*victim_told_));
    return text + (is_victims ? " The victim is paid, and heard of nothing."
                              : " The victim was not told, and held neither.");
}

}  // namespace bezant::sim
