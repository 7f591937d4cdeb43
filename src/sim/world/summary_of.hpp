// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/summary.hpp"
#include "sim/world/checkers.hpp"
#include "sim/world/core.hpp"

namespace bezant::sim {

/// What a run came to, seen from this tip; the attack's outcome is left out.
[[nodiscard]] Summary summary_of(const Core& core, Checkers& checkers, BlockIndex tip);

}  // namespace bezant::sim
