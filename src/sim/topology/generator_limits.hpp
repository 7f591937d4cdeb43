// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// How often a random network is drawn again for a connected one. A law that so many draws do not
/// satisfy almost never gives one.
constexpr int draws_max = 32;

/// Refuses fewer than `participants_min` or more than participants_max participants, and more than
/// edges_max links.
[[nodiscard]] Result<void, TopologyError> check_limits(std::uint32_t participants,
                                                       std::uint32_t participants_min,
                                                       std::uint64_t links);

/// For a random number of links, what to hold against the limit so that no draw exceeds it: of
/// 15,000,000 expected links, a million more is over eight standard deviations under every law
/// here.
constexpr std::uint64_t with_margin(std::uint64_t expected_links) {
    return expected_links + expected_links / 15;
}

[[nodiscard]] unexpected<TopologyError> impossible(std::string message);

}  // namespace bezant::sim
