// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fleet/fleet.hpp"
#include "sim/summary.hpp"

namespace bezant::fleet {

/// What a fleet has come to when all is quiet, after so many payments were made. Fields that only a
/// simulation has (digest, events, messages) stay empty.
[[nodiscard]] Result<sim::Summary, Failure> summarise(Fleet& fleet, std::uint64_t payments);

}  // namespace bezant::fleet
