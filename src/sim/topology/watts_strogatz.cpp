// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "sim/topology/connectivity.hpp"
#include "sim/topology/edge_set.hpp"
#include "sim/topology/generator_limits.hpp"
#include "sim/topology/generators.hpp"

namespace bezant::sim {

namespace {

/// Links are listed by distance and then by participant, as the paper rewires them: edge
/// (distance - 1) * participants + node leads from `node` to the one so many places on.
class SmallWorld {
public:
    SmallWorld(std::uint32_t participants, std::uint32_t degree, Random& random)
        : participants_(participants), degrees_(participants, degree), random_(random) {
        present_.reserve(std::size_t{participants} * degree / 2);
        for (std::uint32_t distance = 1; distance <= degree / 2; ++distance) {
            for (NodeIndex node = 0; node < participants; ++node) {
                edges_.push_back(edge_of(node, (node + distance) % participants));
                present_.insert(edges_.back());
            }
        }
    }

    void rewire(Probability probability) {
        for (std::size_t i = 0; i < edges_.size(); ++i) {
            if (happens(probability, random_)) {
                move_far_end(edges_[i], static_cast<NodeIndex>(i % participants_));
            }
        }
    }

    Graph take() { return Graph{participants_, std::move(edges_)}; }

private:
    void move_far_end(Edge& edge, NodeIndex near) {
        if (degrees_[near] + 1 == participants_) return;  // linked with everyone already
        Edge moved;
        do {
            const auto far = static_cast<NodeIndex>(random_.below(participants_));
            moved = edge_of(near, far);
        } while (moved.low == moved.high || present_.contains(moved));
        --degrees_[edge.low == near ? edge.high : edge.low];
        ++degrees_[moved.low == near ? moved.high : moved.low];
        present_.erase(edge);
        present_.insert(moved);
        edge = moved;
    }

    std::uint32_t participants_;
    std::vector<std::uint32_t> degrees_;
    std::vector<Edge> edges_;
    EdgeSet present_;
    Random& random_;
};

}  // namespace

MadeGraph watts_strogatz(std::uint32_t participants, std::uint32_t degree, Probability rewiring,
                         Random& random) {
    const std::uint64_t links = std::uint64_t{participants} * degree / 2;
    if (auto checked = check_limits(participants, 3, links); !checked) {
        return unexpected(checked.error());
    }
    if (degree < 2 || degree % 2 != 0 || degree >= participants) {
        return impossible(
            fmt::format("{} neighbours cannot stand on both sides in a ring of {}; "
                        "use an even number from 2 to {}",
                        degree, participants, (participants - 1) / 2 * 2));
    }
    for (int draw = 0; draw < draws_max; ++draw) {
        SmallWorld world{participants, degree, random};
        world.rewire(rewiring);
        Graph graph = world.take();
        if (check_connected(graph)) return graph;
    }
    return unexpected(TopologyError{
        TopologyFault::disconnected, 0,
        fmt::format("rewiring links with probability {} tore the ring of {} apart in {} draws; use "
                    "more neighbours than {} or rewire less",
                    rewiring.billionths / 1e9, participants, draws_max, degree)});
}

}  // namespace bezant::sim
