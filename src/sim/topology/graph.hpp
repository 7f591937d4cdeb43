// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.hpp"

namespace bezant::sim {

/// A participant's number in a network, from 0, without gaps.
using NodeIndex = std::uint32_t;

constexpr std::uint32_t participants_max = 1'000'000;
/// At 16 bytes an edge, and 40 more where edges have traits, a graph stays under a gigabyte.
constexpr std::size_t edges_max = 16'000'000;

/// An undirected edge, its lower end first.
struct Edge {
    NodeIndex low = 0;
    NodeIndex high = 0;

    friend constexpr auto operator<=>(const Edge&, const Edge&) = default;
};

/// The edge of two participants named in either order.
constexpr Edge edge_of(NodeIndex one, NodeIndex other) {
    return one < other ? Edge{one, other} : Edge{other, one};
}

/// How much a link carries, in bits a second.
struct LinkBandwidth {
    std::uint64_t from_low_bps = 0;  ///< what its lower end sends
    std::uint64_t from_high_bps = 0;

    friend constexpr bool operator==(const LinkBandwidth&, const LinkBandwidth&) = default;
};

/// As much both ways.
constexpr LinkBandwidth both_ways(std::uint64_t bps) { return {bps, bps}; }

/// What is known of one link; what is not given is for the user of the graph to choose.
struct LinkTraits {
    std::optional<Duration> latency;  ///< mean, one way
    std::optional<LinkBandwidth> bandwidth;

    friend constexpr bool operator==(const LinkTraits&, const LinkTraits&) = default;
};

/// A simple undirected graph of participants 0 to n-1. Immutable once made; safe to share.
class Graph {
public:
    Graph() = default;

    /// The edges may come in any order, but each once, none from a participant to himself, and all
    /// among the participants: input is checked before. `traits` is empty, or has one for each
    /// edge. Takes O(edges log edges).
    Graph(std::uint32_t node_count, std::vector<Edge> edges, std::vector<LinkTraits> traits = {});

    [[nodiscard]] std::uint32_t node_count() const {
        return static_cast<std::uint32_t>(offsets_.size() - 1);
    }

    /// All edges in ascending order.
    [[nodiscard]] std::span<const Edge> edges() const { return edges_; }

    /// The neighbours of a participant in ascending order.
    [[nodiscard]] std::span<const NodeIndex> neighbours(NodeIndex node) const;

    [[nodiscard]] std::size_t degree(NodeIndex node) const { return neighbours(node).size(); }

    /// Where in edges() the edge stands, if it exists. Takes O(log edges).
    [[nodiscard]] std::optional<std::size_t> find(Edge edge) const;

    [[nodiscard]] bool has_edge(NodeIndex one, NodeIndex other) const {
        return find(edge_of(one, other)).has_value();
    }

    /// Whether any edge was given traits.
    [[nodiscard]] bool has_traits() const { return !traits_.empty(); }

    /// Traits of edges()[edge_index].
    [[nodiscard]] LinkTraits traits(std::size_t edge_index) const;

    friend bool operator==(const Graph&, const Graph&) = default;

private:
    void sort_edges(std::vector<Edge> edges, std::vector<LinkTraits> traits);
    void check_edges() const;
    void link_neighbours();

    std::vector<Edge> edges_;
    std::vector<LinkTraits> traits_;          // as edges_, or empty
    std::vector<std::size_t> offsets_ = {0};  // node's neighbours start here; one more at the end
    std::vector<NodeIndex> neighbours_;
};

}  // namespace bezant::sim
