// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "report/text_style.hpp"
#include "sim/summary.hpp"
#include "sim/world.hpp"

namespace bezant::report {

/// Prints what a run came to: the main chain (its first and last blocks if it is long), everyone's
/// balance, the supply audit, stale blocks and why, agreement, and the digest.
void print_final_report(std::ostream& out, const TextStyle& style, const sim::World& world,
                        const sim::Summary& summary);

}  // namespace bezant::report
