// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/newcomer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/roles.hpp"
#include "sim/wording.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr Duration rejoins_after = milliseconds(10);

/// What is wrong with bytes that could not be read is in the message that was made of them.
std::string reason_of(const PeerDropped& dropped, const std::optional<Lie>& lie) {
    const auto* malformed = lie ? std::get_if<Malformed>(&lie->goods) : nullptr;
    const bool is_unread =
        malformed != nullptr && dropped.misconduct == Misconduct::malformed_message;
    return std::string{to_text(dropped.misconduct)} +
           (is_unread ? fmt::format(": {}", malformed->fault) : "");
}

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

std::optional<std::string> Newcomer::refusal_in_words(const Notice& notice, const BlockTree& blocks,
                                                      const std::optional<Lie>& lie) const {
    if (const auto* refused = std::get_if<BlockRefused>(&notice))
        return fmt::format("{} refuses block {}: {}", called(self_),
                           blocks[refused->block].height.value,
                           shortened(to_text(refused->rejection)));
    if (const auto* dropped = std::get_if<PeerDropped>(&notice))
        return fmt::format("{} drops the tamperer for {}", called(self_), reason_of(*dropped, lie));
    return std::nullopt;
}

}  // namespace bezant::sim
