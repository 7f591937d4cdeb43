// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/connectivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/topology/topology.hpp"

namespace bezant::sim {

namespace {

constexpr std::size_t parts_named_max = 5;
constexpr std::size_t members_named_max = 6;

using Labels = std::span<const std::string>;

std::string describe_part(const std::vector<NodeIndex>& part, Labels labels) {
    std::string members;
    for (std::size_t i = 0; i < std::min(part.size(), members_named_max); ++i) {
        members += (i == 0 ? "" : ", ") + label_of(labels, part[i]);
    }
    if (part.size() > members_named_max) members += ", ...";
    return fmt::format("{} participant{} ({})", part.size(), part.size() == 1 ? "" : "s", members);
}

std::string describe_parts(std::vector<std::vector<NodeIndex>> parts, Labels labels) {
    std::ranges::sort(parts, [](const auto& left, const auto& right) {
        return left.size() != right.size() ? left.size() > right.size() : left[0] < right[0];
    });
    const std::size_t shown = std::min(parts.size(), parts_named_max);
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        text += fmt::format("{}{}", i == 0 ? "" : "; ", describe_part(parts[i], labels));
    }
    if (shown < parts.size()) text += fmt::format("; and {} more parts", parts.size() - shown);
    return text;
}

}  // namespace

std::vector<std::vector<NodeIndex>> components(const Graph& graph) {
    std::vector<std::vector<NodeIndex>> parts;
    std::vector<bool> seen(graph.node_count());
    for (NodeIndex start = 0; start < graph.node_count(); ++start) {
        if (seen[start]) continue;
        seen[start] = true;
        std::vector<NodeIndex> part{start};
        for (std::size_t head = 0; head < part.size(); ++head) {
            for (const NodeIndex neighbour : graph.neighbours(part[head])) {
                if (seen[neighbour]) continue;
                seen[neighbour] = true;
                part.push_back(neighbour);
            }
        }
        std::ranges::sort(part);
        parts.push_back(std::move(part));
    }
    return parts;
}

Result<void, TopologyError> check_connected(const Graph& graph,
                                            std::span<const std::string> labels) {
    if (graph.node_count() == 0) {
        return unexpected(TopologyError{TopologyFault::disconnected, 0,
                                        "the network has no participants; give at least one"});
    }
    auto parts = components(graph);
    if (parts.size() == 1) return {};
    const std::size_t count = parts.size();
    return unexpected(TopologyError{
        TopologyFault::disconnected, 0,
        fmt::format("the network is in {} parts that cannot hear of each other: {}; add links "
                    "between the parts",
                    count, describe_parts(std::move(parts), labels))});
}

}  // namespace bezant::sim
