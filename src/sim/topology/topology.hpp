// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// A network as a file or a generator gives it.
struct Topology {
    Graph graph;
    std::vector<std::string> labels;     ///< of each participant; empty: they go by number
    std::vector<std::uint32_t> regions;  ///< of each participant, into the RegionModel; or empty

    friend bool operator==(const Topology&, const Topology&) = default;
};

/// What a participant is called: his label, or his number where there are no labels.
[[nodiscard]] inline std::string label_of(std::span<const std::string> labels, NodeIndex node) {
    return labels.empty() ? std::to_string(node) : labels[node];
}

}  // namespace bezant::sim
