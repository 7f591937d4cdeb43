// SPDX-License-Identifier: Apache-2.0
#include "report/spanning_tree.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "sim/topology/graph_distance.hpp"

namespace bezant::report {

SpanningTree spanning_tree(const sim::Graph& graph, sim::NodeIndex root) {
    const auto distances = hop_distances(graph, root);
    SpanningTree tree{root, std::vector<std::vector<sim::NodeIndex>>(graph.node_count()), {}};
    std::vector<sim::NodeIndex> parents(graph.node_count(), root);
    for (sim::NodeIndex node = 0; node < graph.node_count(); ++node) {
        if (node == root) continue;
        const auto neighbours = graph.neighbours(node);
        const auto parent = std::ranges::find_if(neighbours, [&](sim::NodeIndex neighbour) {
            return distances[neighbour] + 1 == distances[node];
        });
        CHECK(parent != neighbours.end(), "a path leads to everyone");
        parents[node] = *parent;
        tree.children[*parent].push_back(node);
    }
    for (const sim::Edge& edge : graph.edges()) {
        const bool in_tree = (edge.low != root && parents[edge.low] == edge.high) ||
                             (edge.high != root && parents[edge.high] == edge.low);
        if (!in_tree) tree.other_links.push_back(edge);
    }
    return tree;
}

}  // namespace bezant::report
