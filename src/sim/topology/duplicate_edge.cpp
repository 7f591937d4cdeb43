// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/duplicate_edge.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace bezant::sim {

std::optional<DuplicateEdge> first_duplicate(std::span<const Edge> edges) {
    std::vector<std::size_t> order(edges.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t index) { return std::pair{edges[index], index}; });
    std::optional<DuplicateEdge> first;
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (edges[order[i - 1]] != edges[order[i]]) continue;
        if (!first || order[i] < first->repeated) first = DuplicateEdge{order[i], order[i - 1]};
    }
    return first;
}

}  // namespace bezant::sim
