// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/graph_distance.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant::sim {

namespace {

/// The most hops from a participant to any other, for each; nothing if some cannot be reached.
std::optional<std::vector<std::uint32_t>> eccentricities(const Graph& graph) {
    std::vector<std::uint32_t> result;
    for (NodeIndex node = 0; node < graph.node_count(); ++node) {
        result.push_back(std::ranges::max(hop_distances(graph, node)));
        if (result.back() == unreachable) return std::nullopt;
    }
    if (result.empty()) return std::nullopt;
    return result;
}

}  // namespace

std::vector<std::uint32_t> hop_distances(const Graph& graph, NodeIndex from) {
    CHECK(from < graph.node_count(), "the participant is in the graph");
    std::vector<std::uint32_t> distances(graph.node_count(), unreachable);
    std::vector<NodeIndex> queue{from};
    queue.reserve(graph.node_count());
    distances[from] = 0;
    for (std::size_t head = 0; head < queue.size(); ++head) {
        for (const NodeIndex neighbour : graph.neighbours(queue[head])) {
            if (distances[neighbour] != unreachable) continue;
            distances[neighbour] = distances[queue[head]] + 1;
            queue.push_back(neighbour);
        }
    }
    return distances;
}

std::optional<std::uint32_t> diameter(const Graph& graph) {
    const auto farthest = eccentricities(graph);
    if (!farthest) return std::nullopt;
    return std::ranges::max(*farthest);
}

std::optional<std::uint32_t> diameter_at_least(const Graph& graph) {
    if (graph.node_count() == 0) return std::nullopt;
    const auto first = hop_distances(graph, 0);
    const auto far = std::ranges::max_element(first);
    if (*far == unreachable) return std::nullopt;
    return std::ranges::max(hop_distances(graph, static_cast<NodeIndex>(far - first.begin())));
}

std::optional<NodeIndex> center(const Graph& graph) {
    const auto farthest = eccentricities(graph);
    if (!farthest) return std::nullopt;
    return static_cast<NodeIndex>(std::ranges::min_element(*farthest) - farthest->begin());
}

}  // namespace bezant::sim
