// SPDX-License-Identifier: Apache-2.0
// Any text is either a network whose graph holds together, or refused with a reason.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "sim/topology/connectivity.hpp"
#include "sim/topology/graphml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto topology = bezant::sim::topology_from_graphml(text);
    if (!topology) {
        CHECK(!topology.error().message.empty(), "a refusal says why");
        return 0;
    }
    const auto& [graph, labels, regions] = *topology;
    CHECK(labels.empty() || labels.size() == graph.node_count(), "all have labels or none has");
    std::size_t members = 0;
    for (const auto& part : bezant::sim::components(graph)) members += part.size();
    CHECK(members == graph.node_count(), "everyone is in one part");
    return 0;
}
