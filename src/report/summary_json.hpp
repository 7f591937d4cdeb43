// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "sim/summary.hpp"
#include "sim/world.hpp"

namespace bezant::report {

/// The summary as one JSON object, as docs/output.md describes it. Amounts are whole numbers of the
/// smallest unit. `wall_seconds` is the only field that differs between runs of one seed.
[[nodiscard]] std::string summary_json(const sim::Summary& summary, std::string_view version,
                                       double wall_seconds);

/// The same of a run that failed: what was run, how far it came, and why it ended.
[[nodiscard]] std::string failure_json(const sim::RunFailure& failure, const sim::World& world,
                                       std::string_view version, double wall_seconds);

}  // namespace bezant::report
