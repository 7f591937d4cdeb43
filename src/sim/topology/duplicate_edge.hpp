// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// Two places in a list that hold the same edge.
struct DuplicateEdge {
    std::size_t repeated = 0;
    std::size_t original = 0;
};

/// The first place in the list whose edge stands before it too, and where; nothing if all edges
/// differ. Takes O(edges log edges).
[[nodiscard]] std::optional<DuplicateEdge> first_duplicate(std::span<const Edge> edges);

}  // namespace bezant::sim
