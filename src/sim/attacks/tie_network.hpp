// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "sim/observer.hpp"
#include "sim/scenario.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// Makes a network in which it is known who hears of which of two rival blocks first. One
/// participant without hash rate stands between all others, each 20 ms away. The attacker is 1 ms
/// from some of them, the near ones, and has an ear at 30 ms from the middle: so whoever finds a
/// block, his rival reaches the near ones before it, and everyone else after it. Bends the links,
/// and how blocks travel; takes a participant more than near ones and attacker.
void make_split_network(Scenario& scenario, Graph& graph, std::span<const ParticipantId> near_ones);

/// Makes such a network where it is known how much of the hash rate sides with the attacker in a
/// tie. The finder himself always goes on with his own block: of the near ones' hash rate only what
/// is not his counts. Their share is chosen so that the mean over all finders is `tie_share` of the
/// others' hash rate, or as much as there can be: with n of them, all near, 1 - 1/n.
///
/// Takes four participants or more, one of whom, who stands in the middle, does not mine. Gives the
/// mean that was reached.
PartsPerMillion make_tie_network(Scenario& scenario, Graph& graph, PartsPerMillion tie_share);

/// The least number of participants that such a network has.
inline constexpr std::uint32_t tie_network_min = 4;

}  // namespace bezant::sim
