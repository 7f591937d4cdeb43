// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// Distance of a participant whom no path reaches.
constexpr std::uint32_t unreachable = UINT32_MAX;

/// For each participant, how many hops lie between him and `from`. Takes O(participants + edges).
[[nodiscard]] std::vector<std::uint32_t> hop_distances(const Graph& graph, NodeIndex from);

/// The most hops between any two participants; nothing if the graph is empty or in several parts.
/// Takes O(participants * edges): for graphs of some thousands.
[[nodiscard]] std::optional<std::uint32_t> diameter(const Graph& graph);

/// A lower bound of the diameter, mostly tight and exact for a tree: from the farthest participant
/// from the first, the farthest again (double sweep; Magnien, Latapy, Habib 2009). Takes
/// O(participants + edges); nothing where diameter() gives nothing.
[[nodiscard]] std::optional<std::uint32_t> diameter_at_least(const Graph& graph);

/// The participant from whom the farthest other is nearest; of equals, the lowest number. Nothing
/// where diameter() gives nothing; costs the same.
[[nodiscard]] std::optional<NodeIndex> center(const Graph& graph);

}  // namespace bezant::sim
