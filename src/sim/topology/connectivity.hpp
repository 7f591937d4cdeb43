// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/topology/graph.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// The parts of a graph: participants in one part can reach each other, those in two cannot. Each
/// part's members ascend, and parts are ordered by their first member. Takes O(participants +
/// edges).
[[nodiscard]] std::vector<std::vector<NodeIndex>> components(const Graph& graph);

/// Refuses a network in which some cannot hear of others. The error names the parts: how many
/// there are, how large, and some members of each, by label if there are labels. No participants at
/// all is refused too.
[[nodiscard]] Result<void, TopologyError> check_connected(const Graph& graph,
                                                          std::span<const std::string> labels = {});

}  // namespace bezant::sim
