// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// A day: longer than light takes across the solar system.
constexpr std::int64_t link_latency_ms_max = 86'400'000;
/// A petabit a second.
constexpr std::uint64_t link_bandwidth_bps_max = 1'000'000'000'000'000;

/// Milliseconds in decimal ("12", "0.5", "1e-3"), at least 0, rounded to the microsecond. `line`
/// goes into the error.
[[nodiscard]] Result<Duration, TopologyError> link_latency_from_ms(std::string_view text,
                                                                   std::size_t line);

/// Bits a second in decimal ("1000000", "1e6"): a whole number, at least 1.
[[nodiscard]] Result<std::uint64_t, TopologyError> link_bandwidth_from_bps(std::string_view text,
                                                                           std::size_t line);

}  // namespace bezant::sim
