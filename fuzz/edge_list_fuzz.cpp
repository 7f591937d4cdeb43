// SPDX-License-Identifier: Apache-2.0
// Any text is either a network whose graph holds together, or refused with a reason.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "sim/topology/connectivity.hpp"
#include "sim/topology/edge_list.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto topology = bezant::sim::topology_from_edge_list(text);
    if (!topology) {
        CHECK(!topology.error().message.empty(), "a refusal says why");
        return 0;
    }
    for (const auto& part : bezant::sim::components(topology->graph)) {
        CHECK(part.size() > 1, "an edge list leaves nobody without a link");
    }
    return 0;
}
