// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/partition_attack.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/odds.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/topology/graph_distance.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

/// When everybody has connected.
constexpr Duration first_cut = seconds(2);

/// A third of all, those nearest to the victim, without the attacker.
std::vector<ParticipantId> nearest(const Graph& graph, ParticipantId victim,
                                   ParticipantId attacker) {
    const std::vector<std::uint32_t> hops = hop_distances(graph, victim);
    std::vector<ParticipantId> them;
    for (ParticipantId who = 0; who < graph.node_count(); ++who)
        if (who != attacker) them.push_back(who);
    std::ranges::stable_sort(them, {}, [&](ParticipantId who) { return hops[who]; });
    them.resize(std::max<std::size_t>(1, graph.node_count() / 3));
    std::ranges::sort(them);
    return them;
}

}  // namespace

void PartitionAttack::prepare(Scenario& scenario, Graph& graph) {
    trade_ = Trade{settings_.attacker, victim_of(settings_, graph)};
    fee_ = scenario.workload.fee_max;
    side_ = nearest(graph, trade_.victim(), settings_.attacker);
    others_share_ = one_million;
    for (const ParticipantId who : side_) others_share_ -= share_of(scenario, who);
    make_stream(scenario.workload, std::max(1U, scenario.workload.rounds));
}

std::unique_ptr<Actor> PartitionAttack::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<Deceiver>(seat, no_lie_);
}

void PartitionAttack::begun(AttackControl& control) { control.wake(0, first_cut); }

void PartitionAttack::woken(AttackControl& control, std::uint64_t /*tag*/) {
    is_over_ = !trade_.sign(control, fee_, control.world().common_tip());
    if (is_over_) return;
    control.inflict({.kind = FaultKind::partition,
                     .at = {},
                     .participants = side_,
                     .neighbour = {},
                     .skew = {}});
    control.submit(trade_.victim(), trade_.to_victim(), milliseconds(1));
    control.submit(settings_.attacker, trade_.back(), milliseconds(1));
    story_.tell(
        control.world().elapsed(),
        fmt::format("{} cuts {} off, with {:.1f} % of the hash rate, and spends one coin of "
                    "{} BZT on both sides: to {} there, back to himself here",
                    called(settings_.attacker), called(side_), percent(one_million - others_share_),
                    to_text(trade_.amount()), called(trade_.victim())));
}

void PartitionAttack::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (who != trade_.victim() || !trade_.is_signed() || is_over_) return;
    const Archive& archive = control.world().archive();
    const Duration at = control.world().elapsed();
    const bool was_undone = trade_.undone() > 0;
    trade_.victim_noticed(archive, notice);
    const auto* moved = std::get_if<TipMoved>(&notice);
    if (moved == nullptr) return;
    const Height height = archive.blocks()[moved->change.to].height;
    if (!is_mended_ && trade_.confirmations() >= settings_.confirmations) {
        is_mended_ = true;
        mended_at_ = height;
        control.inflict(
            {.kind = FaultKind::heal, .at = {}, .participants = {}, .neighbour = {}, .skew = {}});
        story_.tell(at, fmt::format("{} sees the payment with {}, and hands over the goods; the "
                                    "cut is mended",
                                    called(who), counted(trade_.confirmations(), "confirmation")));
    }
    if (trade_.undone() > 0 && !was_undone)
        story_.tell(at, fmt::format("{} hears of a longer chain: {} are undone there, and the "
                                    "payment with them",
                                    called(who), counted(trade_.undone(), "block")));
    is_over_ = is_mended_ && height.value > mended_at_.value + 1;
}

AttackOutcome PartitionAttack::outcome(const World& world) const {
    AttackOutcome outcome{.name = "partition",
                          .succeeded = is_mended_ && trade_.is_reversed(world),
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = partition_odds(others_share_, settings_.confirmations)};
    const std::string theory = odds_text(outcome.theory_odds.value());
    if (!trade_.is_signed()) {
        outcome.detail = "The attacker never had a coin to pay with.";
    } else if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "Behind a cut confirmations are worth as little as the work on that side; {}. Whoever "
            "sees blocks come three times as slowly as usual should wait.",
            theory);
    } else {
        outcome.detail = fmt::format(
            "The victim's side found more blocks than the other, and the payment stands; {}.",
            theory);
    }
    return outcome;
}

}  // namespace bezant::sim
