// SPDX-License-Identifier: Apache-2.0
// The generators that draw nothing: ring, line, star, tree, complete.
#include <utility>
#include <vector>

#include "sim/topology/generator_limits.hpp"
#include "sim/topology/generators.hpp"

namespace bezant::sim {

MadeGraph ring(std::uint32_t participants) {
    if (auto checked = check_limits(participants, 3, participants); !checked) {
        return unexpected(checked.error());
    }
    std::vector<Edge> edges;
    for (NodeIndex node = 0; node < participants; ++node) {
        edges.push_back(edge_of(node, (node + 1) % participants));
    }
    return Graph{participants, std::move(edges)};
}

MadeGraph line(std::uint32_t participants) { return tree(participants, 1); }

MadeGraph star(std::uint32_t participants) {
    return tree(participants, participants > 1 ? participants - 1 : 1);
}

MadeGraph tree(std::uint32_t participants, std::uint32_t children) {
    if (auto checked = check_limits(participants, 1, participants); !checked) {
        return unexpected(checked.error());
    }
    if (children == 0) return impossible("a tree cannot grow without children; use at least 1");
    std::vector<Edge> edges;
    for (NodeIndex node = 1; node < participants; ++node) {
        edges.push_back({(node - 1) / children, node});
    }
    return Graph{participants, std::move(edges)};
}

MadeGraph complete(std::uint32_t participants) {
    const std::uint64_t pairs =
        participants == 0 ? 0 : std::uint64_t{participants} * (participants - 1) / 2;
    if (auto checked = check_limits(participants, 1, pairs); !checked) {
        return unexpected(checked.error());
    }
    std::vector<Edge> edges;
    edges.reserve(pairs);
    for (NodeIndex low = 0; low < participants; ++low) {
        for (NodeIndex high = low + 1; high < participants; ++high) edges.push_back({low, high});
    }
    return Graph{participants, std::move(edges)};
}

}  // namespace bezant::sim
