// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "base/result.hpp"
#include "sim/topology/graph.hpp"
#include "sim/topology/probability.hpp"
#include "sim/topology/topology_error.hpp"

/// Networks made by rule. Every one is connected and simple. The same random stream gives the same
/// network on every machine: all is done in integers, or in IEEE basic operations.
///
/// Errors: impossible_value where no such network exists, too_large beyond participants_max or
/// edges_max, disconnected where a random law did not give a connected network in a bounded number
/// of draws. All take time in proportion to participants and links, except where said.
namespace bezant::sim {

using MadeGraph = Result<Graph, TopologyError>;

/// Everyone between two others; at least 3 participants.
[[nodiscard]] MadeGraph ring(std::uint32_t participants);

/// 0-1-2-...; at least 1 participant.
[[nodiscard]] MadeGraph line(std::uint32_t participants);

/// Everyone linked with participant 0 only; at least 1 participant.
[[nodiscard]] MadeGraph star(std::uint32_t participants);

/// Filled level by level from participant 0, each with `children` below him; the last may have
/// fewer. At least 1 participant and 1 child.
[[nodiscard]] MadeGraph tree(std::uint32_t participants, std::uint32_t children);

/// Everyone linked with everyone; at least 1 participant.
[[nodiscard]] MadeGraph complete(std::uint32_t participants);

/// Everyone has exactly `degree` links, otherwise at random. Exists if participants * degree is
/// even, degree is below the number of participants, and at least 2 (or all are linked with all).
/// Link ends are paired at random (Bollobas 1980), loops and double links are switched away (McKay
/// and Wormald 1990), and then some random pairs of links swap ends (Cooper, Dyer and Greenhill
/// 2007), which evens out small networks: close to uniform over all such networks. Above half of
/// all links, the complement is drawn instead, which takes O(participants^2).
[[nodiscard]] MadeGraph random_regular(std::uint32_t participants, std::uint32_t degree,
                                       Random& random);

/// Each pair is linked with this probability, on the condition that the network is connected:
/// G(n, p) of Gilbert 1959, by skipping over absent pairs (Batagelj and Brandes 2005), drawn again
/// until connected.
[[nodiscard]] MadeGraph erdos_renyi(std::uint32_t participants, Probability probability,
                                    Random& random);

/// Each newcomer links with `links` of those before him, in proportion to the links that they have
/// (Barabasi and Albert 1999). The first links + 1 participants form a star. 1 <= links <
/// participants.
[[nodiscard]] MadeGraph barabasi_albert(std::uint32_t participants, std::uint32_t links,
                                        Random& random);

/// A ring in which everyone is linked with the nearest `degree` others (an even number, at least
/// 2), and then each link moves its far end anywhere with probability `rewiring`: a small world
/// (Watts and Strogatz 1998). Drawn again until connected.
[[nodiscard]] MadeGraph watts_strogatz(std::uint32_t participants, std::uint32_t degree,
                                       Probability rewiring, Random& random);

}  // namespace bezant::sim
