// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.hpp"
#include "sim/topology/topology.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// A longer text is refused before it is read.
constexpr std::size_t graphml_bytes_max = std::size_t{1} << 30U;

/// Reads a network in GraphML (graphml.graphdrawing.org, version 1.0) as NetworkX's write_graphml
/// writes it: one undirected graph of nodes and edges.
///
/// - Nodes become participants in order of appearance, their ids become labels. Ids that are just
///   the numbers 0 to n-1 keep their numbers, and there are no labels then.
/// - Data of an edge is read by its key's attr.name: `latency_ms` (one way), or `weight` where
///   there is no latency_ms, and `bandwidth_bps`; a key's default counts. Other data is skipped.
/// - Directed graphs or edges, hyperedges, ports, nested or several graphs, links given twice and
///   links to oneself are refused. So is a document type declaration, and with it every entity but
///   XML's own five: no text here expands.
///
/// The error names the line. Whether the network is connected is for check_connected to say.
/// Takes time and memory in proportion to the text (and the logarithm of its edges).
[[nodiscard]] Result<Topology, TopologyError> topology_from_graphml(std::string_view text);

}  // namespace bezant::sim
