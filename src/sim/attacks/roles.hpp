// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sim/attack.hpp"
#include "sim/scenario.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

// Who plays which part in an attack, and what he brings.

/// Whom the attack is against: as the settings say, or the participant farthest from the attacker
/// (of equals, the one with the lowest number). The attacker himself if he is alone.
[[nodiscard]] ParticipantId victim_of(const AttackSettings& attack, const Graph& graph);

/// Gives one participant this share of all hash rate; the others share the rest as they shared all
/// before.
void give_share(Scenario& scenario, ParticipantId who, PartsPerMillion share);

/// For people: 350,000 millionths are 35.
[[nodiscard]] double percent(PartsPerMillion share);

/// The share of all hash rate that a participant has by the scenario.
[[nodiscard]] PartsPerMillion share_of(const Scenario& scenario, ParticipantId who);

/// Lets everybody mine all the time, where the scenario has rounds: until there are so many blocks,
/// with the payments of the rounds one by one. Another workload stays as it is.
void make_stream(WorkloadSettings& workload, std::uint32_t blocks);

/// Lets two neighbours connect anew, one of whom has dropped the other: nobody is banned for ever,
/// and the caller may pass for somebody else.
void call_again(AttackControl& control, ParticipantId caller, ParticipantId neighbour,
                Duration after);

}  // namespace bezant::sim
