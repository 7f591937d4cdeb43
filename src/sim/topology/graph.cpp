// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/graph.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/check.hpp"

namespace bezant::sim {

Graph::Graph(std::uint32_t node_count, std::vector<Edge> edges, std::vector<LinkTraits> traits)
    : offsets_(static_cast<std::size_t>(node_count) + 1) {
    CHECK(node_count <= participants_max, "the number of participants is bounded");
    CHECK(edges.size() <= edges_max, "the number of edges is bounded");
    CHECK(traits.empty() || traits.size() == edges.size(), "every edge has traits or none has");
    sort_edges(std::move(edges), std::move(traits));
    check_edges();
    link_neighbours();
}

void Graph::sort_edges(std::vector<Edge> edges, std::vector<LinkTraits> traits) {
    if (traits.empty()) {
        std::ranges::sort(edges);
        edges_ = std::move(edges);
        return;
    }
    std::vector<std::size_t> order(edges.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t index) { return edges[index]; });
    edges_.reserve(edges.size());
    traits_.reserve(edges.size());
    for (const std::size_t index : order) {
        edges_.push_back(edges[index]);
        traits_.push_back(traits[index]);
    }
}

void Graph::check_edges() const {
    for (const Edge& edge : edges_) {
        CHECK(edge.low < edge.high, "an edge joins two participants, the lower one first");
        CHECK(edge.high < node_count(), "an edge joins participants of the graph");
    }
    CHECK(std::ranges::adjacent_find(edges_) == edges_.end(), "an edge is given once");
}

void Graph::link_neighbours() {
    for (const Edge& edge : edges_) {
        ++offsets_[edge.low + 1];
        ++offsets_[edge.high + 1];
    }
    std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
    neighbours_.resize(edges_.size() * 2);
    std::vector<std::size_t> next(offsets_.begin(), offsets_.end() - 1);
    // Edges ascend, so a node gets its lower neighbours first, and each kind in ascending order.
    for (const Edge& edge : edges_) {
        neighbours_[next[edge.low]++] = edge.high;
        neighbours_[next[edge.high]++] = edge.low;
    }
}

std::span<const NodeIndex> Graph::neighbours(NodeIndex node) const {
    CHECK(node < node_count(), "the participant is in the graph");
    return std::span{neighbours_}.subspan(offsets_[node], offsets_[node + 1] - offsets_[node]);
}

std::optional<std::size_t> Graph::find(Edge edge) const {
    const auto found = std::ranges::lower_bound(edges_, edge);
    if (found == edges_.end() || *found != edge) return std::nullopt;
    return static_cast<std::size_t>(found - edges_.begin());
}

LinkTraits Graph::traits(std::size_t edge_index) const {
    CHECK(edge_index < edges_.size(), "the edge is in the graph");
    return traits_.empty() ? LinkTraits{} : traits_[edge_index];
}

}  // namespace bezant::sim
