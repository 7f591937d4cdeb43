// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include "sim/topology/connectivity.hpp"
#include "sim/topology/edge_set.hpp"
#include "sim/topology/generator_limits.hpp"
#include "sim/topology/generators.hpp"

namespace bezant::sim {

namespace {

/// A bad pair that so many switches do not cure makes us pair anew; of a large network nearly every
/// switch cures.
constexpr int switches_max = 1000;
constexpr int pairings_max = 1000;
/// What is uneven after switching is of the order of degree^2 / participants: enough swaps to mix a
/// small network, and a large one hardly needs any.
constexpr int mixing_swaps = 1000;

/// Draws one network of a given degree, connected or not.
class Pairing {
public:
    explicit Pairing(Random& random) : random_(random) {}

    /// Nothing if the pairing could not be made simple.
    std::optional<std::vector<Edge>> draw(std::uint32_t participants, std::uint32_t degree) {
        const std::vector<NodeIndex> ends = shuffled_ends(participants, degree);
        edges_.reserve(ends.size() / 2);
        present_.reserve(ends.size() / 2);
        std::vector<std::pair<NodeIndex, NodeIndex>> bad;
        for (std::size_t i = 0; i < ends.size(); i += 2) {
            if (!add(ends[i], ends[i + 1])) bad.emplace_back(ends[i], ends[i + 1]);
        }
        for (const auto& [one, other] : bad) {
            if (!switch_in(one, other)) return std::nullopt;
        }
        mix();
        return std::move(edges_);
    }

private:
    std::vector<NodeIndex> shuffled_ends(std::uint32_t participants, std::uint32_t degree) {
        std::vector<NodeIndex> ends;
        ends.reserve(std::size_t{participants} * degree);
        for (NodeIndex node = 0; node < participants; ++node) ends.insert(ends.end(), degree, node);
        random_.shuffle(ends);
        return ends;
    }

    bool add(NodeIndex one, NodeIndex other) {
        if (one == other || !present_.insert(edge_of(one, other))) return false;
        edges_.push_back(edge_of(one, other));
        return true;
    }

    /// Links two ends that must not be linked with each other with those of some edge, which goes:
    /// everyone's degree stays.
    bool switch_in(NodeIndex one, NodeIndex other) {
        for (int attempt = 0; attempt < switches_max && !edges_.empty(); ++attempt) {
            Edge& victim = edges_[random_.below(edges_.size())];
            auto [first, second] = victim;
            if (random_.chance(1, 2)) std::swap(first, second);
            if (one == first || other == second) continue;
            const Edge replacement = edge_of(one, first);
            const Edge added = edge_of(other, second);
            if (replacement == added || present_.contains(replacement) ||
                present_.contains(added)) {
                continue;
            }
            present_.erase(victim);
            present_.insert(replacement);
            present_.insert(added);
            victim = replacement;
            edges_.push_back(added);
            return true;
        }
        return false;
    }

    /// Swaps ends of two links at random: what pairing and switching left uneven, this evens out.
    void mix() {
        for (int swap = 0; swap < mixing_swaps && !edges_.empty(); ++swap) {
            Edge& one = edges_[random_.below(edges_.size())];
            Edge& other = edges_[random_.below(edges_.size())];
            auto [first, second] = other;
            if (random_.chance(1, 2)) std::swap(first, second);
            if (one.low == first || one.high == second) continue;
            const Edge left = edge_of(one.low, first);
            const Edge right = edge_of(one.high, second);
            if (left == right || present_.contains(left) || present_.contains(right)) continue;
            present_.erase(one);
            present_.erase(other);
            present_.insert(left);
            present_.insert(right);
            one = left;
            other = right;
        }
    }

    Random& random_;
    std::vector<Edge> edges_;
    EdgeSet present_;
};

std::optional<Graph> draw_regular(std::uint32_t participants, std::uint32_t degree,
                                  Random& random) {
    auto edges = Pairing{random}.draw(participants, degree);
    if (!edges) return std::nullopt;
    return Graph{participants, *std::move(edges)};
}

/// The only connected network of degree 2 is a ring, in some order.
Graph shuffled_ring(std::uint32_t participants, Random& random) {
    std::vector<NodeIndex> order(participants);
    for (NodeIndex node = 0; node < participants; ++node) order[node] = node;
    random.shuffle(order);
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < order.size(); ++i) {
        edges.push_back(edge_of(order[i], order[(i + 1) % order.size()]));
    }
    return Graph{participants, std::move(edges)};
}

Graph complement(const Graph& graph) {
    std::vector<Edge> edges;
    for (NodeIndex low = 0; low < graph.node_count(); ++low) {
        auto linked = graph.neighbours(low);
        for (NodeIndex high = low + 1; high < graph.node_count(); ++high) {
            while (!linked.empty() && linked.front() < high) linked = linked.subspan(1);
            if (linked.empty() || linked.front() != high) edges.push_back({low, high});
        }
    }
    return Graph{graph.node_count(), std::move(edges)};
}

Result<void, TopologyError> check_regular(std::uint32_t participants, std::uint32_t degree) {
    const std::uint64_t ends = std::uint64_t{participants} * degree;
    if (auto checked = check_limits(participants, 1, ends / 2); !checked) return checked;
    if (degree >= participants) {
        return impossible(
            fmt::format("with {} participants nobody can have {} links; use at most "
                        "{}",
                        participants, degree, participants - 1));
    }
    if (ends % 2 != 0) {
        return impossible(
            fmt::format("{} participants cannot have {} links each: every link has "
                        "two ends, and {} is odd; change either by one",
                        participants, degree, ends));
    }
    if (degree < 2 && degree + 1 < participants) {
        return impossible(
            fmt::format("with {} link{} each, {} participants cannot be connected; "
                        "use at least 2",
                        degree, degree == 1 ? "" : "s", participants));
    }
    return {};
}

}  // namespace

MadeGraph random_regular(std::uint32_t participants, std::uint32_t degree, Random& random) {
    if (auto checked = check_regular(participants, degree); !checked) {
        return unexpected(checked.error());
    }
    if (degree + 1 == participants) return complete(participants);
    if (degree == 2) return shuffled_ring(participants, random);
    const std::uint32_t opposite_degree = participants - 1 - degree;
    const bool dense = degree > opposite_degree;
    for (int attempt = 0; attempt < pairings_max; ++attempt) {
        auto graph = draw_regular(participants, dense ? opposite_degree : degree, random);
        if (!graph) continue;
        if (dense) graph = complement(*graph);
        if (check_connected(*graph)) return *std::move(graph);
    }
    return unexpected(TopologyError{
        TopologyFault::disconnected, 0,
        fmt::format("no connected network of {} participants with {} links each was found; use "
                    "another seed",
                    participants, degree)});
}

}  // namespace bezant::sim
