// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "report/text_style.hpp"
#include "sim/relay/relay_summary.hpp"
#include "sim/relay/relay_world.hpp"
#include "sim/run_failure.hpp"

namespace bezant::report {

/// Prints what a run came to in which blocks were only relayed: how many were found, how they
/// spread, and how many stale ones theory expects of that.
void print_relay_report(std::ostream& out, const TextStyle& style,
                        const sim::RelaySummary& summary);

/// The same as one JSON object (docs/output.md).
[[nodiscard]] std::string relay_summary_json(const sim::RelaySummary& summary,
                                             std::string_view version, double wall_seconds);
/// What is said in its place of a run that failed.
[[nodiscard]] std::string relay_failure_json(const sim::RunFailure& failure,
                                             const sim::RelayWorld& world, std::string_view version,
                                             double wall_seconds);

}  // namespace bezant::report
