// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/generator_limits.hpp"

#include <fmt/format.h>

#include <utility>

#include "sim/topology/graph.hpp"

namespace bezant::sim {

unexpected<TopologyError> impossible(std::string message) {
    return unexpected(TopologyError{TopologyFault::impossible_value, 0, std::move(message)});
}

Result<void, TopologyError> check_limits(std::uint32_t participants, std::uint32_t participants_min,
                                         std::uint64_t links) {
    if (participants < participants_min) {
        return impossible(fmt::format("{} participants are too few for this network; it needs {}",
                                      participants, participants_min));
    }
    if (participants > participants_max) {
        return unexpected(TopologyError{TopologyFault::too_large, 0,
                                        fmt::format("{} participants are too many; there may be {}",
                                                    participants, participants_max)});
    }
    if (links > edges_max) {
        return unexpected(TopologyError{
            TopologyFault::too_large, 0,
            fmt::format("about {} links are too many; there may be {}: use fewer participants or "
                        "fewer links",
                        links, edges_max)});
    }
    return {};
}

}  // namespace bezant::sim
