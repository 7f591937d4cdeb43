// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "sim/topology/topology.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// Reads a network in whichever format it is written: GraphML if the first character that is no
/// blank is '<', which no edge list begins with; otherwise an edge list. Refuses a network that is
/// not connected. Errors and costs as of topology_from_graphml, topology_from_edge_list and
/// check_connected.
[[nodiscard]] Result<Topology, TopologyError> topology_from_text(std::string_view text);

}  // namespace bezant::sim
