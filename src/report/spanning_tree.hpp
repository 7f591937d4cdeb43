// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sim/topology/graph.hpp"

namespace bezant::report {

/// A tree of shortest paths in a network, and the links that it leaves out.
struct SpanningTree {
    sim::NodeIndex root = 0;
    std::vector<std::vector<sim::NodeIndex>> children;  ///< of each participant, ascending
    std::vector<sim::Edge> other_links;                 ///< ascending
};

/// From a root, by breadth; of equally near parents the lowest takes the child. The graph must be
/// connected.
[[nodiscard]] SpanningTree spanning_tree(const sim::Graph& graph, sim::NodeIndex root);

}  // namespace bezant::report
