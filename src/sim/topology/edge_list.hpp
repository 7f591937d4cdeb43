// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.hpp"
#include "sim/topology/topology.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// A longer text is refused before it is read.
constexpr std::size_t edge_list_bytes_max = std::size_t{1} << 30U;

/// Reads a network written as a list of edges, one a line:
///
///     # a comment, to the end of the line
///     FROM TO [LATENCY_MS [BANDWIDTH_BPS]]
///
/// separated by spaces or tabs. Participants are whole numbers; those from 0 to the largest must
/// all occur, so that nobody is without a link. An edge is undirected and written once. Latency is
/// one way, in milliseconds; bandwidth is in bits a second, each way. Blank lines are skipped, and
/// lines may end as Unix or Windows ends them. This is what NetworkX's write_edgelist writes with
/// data=False.
///
/// The error names the first line found wrong, what is wrong and what to do. Whether the network is
/// connected is for check_connected to say. Takes time and memory in proportion to the text (and
/// the logarithm of its lines), whatever numbers are in it.
[[nodiscard]] Result<Topology, TopologyError> topology_from_edge_list(std::string_view text);

}  // namespace bezant::sim
