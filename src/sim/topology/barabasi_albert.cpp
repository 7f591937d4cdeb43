// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "sim/topology/generator_limits.hpp"
#include "sim/topology/generators.hpp"

namespace bezant::sim {

namespace {

/// The growing network, and its link ends: they name each participant as often as he has links, so
/// that a fair draw of an end is a draw in proportion to links.
class Growth {
public:
    Growth(std::uint32_t participants, std::uint32_t links)
        : participants_(participants), newest_neighbour_(participants, 0) {
        for (NodeIndex node = 1; node <= links; ++node) link(0, node);
    }

    void add(NodeIndex newcomer, std::uint32_t links, Random& random) {
        const std::size_t ends_before = ends_.size();
        for (std::uint32_t linked = 0; linked < links;) {
            const NodeIndex target = ends_[random.below(ends_before)];
            if (newest_neighbour_[target] == newcomer) continue;
            newest_neighbour_[target] = newcomer;
            link(target, newcomer);
            ++linked;
        }
    }

    Graph take() { return Graph{participants_, std::move(edges_)}; }

private:
    void link(NodeIndex low, NodeIndex high) {
        edges_.push_back({low, high});
        ends_.insert(ends_.end(), {low, high});
    }

    std::uint32_t participants_;
    std::vector<NodeIndex> newest_neighbour_;
    std::vector<Edge> edges_;
    std::vector<NodeIndex> ends_;
};

}  // namespace

MadeGraph barabasi_albert(std::uint32_t participants, std::uint32_t links, Random& random) {
    if (auto checked = check_limits(participants, 1, std::uint64_t{participants} * links);
        !checked) {
        return unexpected(checked.error());
    }
    if (links == 0) return impossible("newcomers need at least 1 link");
    if (links >= participants) {
        return impossible(
            fmt::format("with {} participants nobody can link with {} others; use at "
                        "most {}",
                        participants, links, participants - 1));
    }
    Growth growth{participants, links};
    for (NodeIndex node = links + 1; node < participants; ++node) growth.add(node, links, random);
    return growth.take();
}

}  // namespace bezant::sim
