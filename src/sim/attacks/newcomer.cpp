// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/newcomer.hpp"

#include <algorithm>

#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr Duration rejoins_after = milliseconds(10);

}  // namespace

std::optional<Newcomer> newcomer_of(const AttackSettings& attack, const Graph& graph) {
    if (attack.victim && graph.has_edge(attack.attacker, *attack.victim))
        return Newcomer{*attack.victim, attack.attacker};
    const auto neighbours = graph.neighbours(attack.attacker);
    const auto fewest = std::ranges::min_element(
        neighbours, {}, [&](NodeIndex neighbour) { return graph.degree(neighbour); });
    if (fewest == neighbours.end()) return std::nullopt;
    return Newcomer{*fewest, attack.attacker};
}

void Newcomer::begin_anew(AttackControl& control) {
    has_begun_ = true;
    Fault fault{
        .kind = FaultKind::crash, .at = {}, .participants = {self_}, .neighbour = {}, .skew = {}};
    control.inflict(fault);
    fault.kind = FaultKind::disconnect;
    for (const NodeIndex neighbour : control.world().graph().neighbours(self_)) {
        if (neighbour == only_neighbour_) continue;
        fault.neighbour = neighbour;
        control.inflict(fault);
    }
    fault.kind = FaultKind::restart;
    fault.neighbour = {};
    fault.at = rejoins_after;
    control.inflict(fault);
}

void Newcomer::take(Seat& seat) const {
    if (has_begun_ && seat.id == self_) seat.stored = {};
}

void Newcomer::hear_again(AttackControl& control) const {
    call_again(control, only_neighbour_, self_, rejoins_after);
}

void Newcomer::meet_everyone(AttackControl& control) const {
    hear_again(control);
    for (const NodeIndex neighbour : control.world().graph().neighbours(self_))
        if (neighbour != only_neighbour_) call_again(control, self_, neighbour, rejoins_after);
}

}  // namespace bezant::sim
