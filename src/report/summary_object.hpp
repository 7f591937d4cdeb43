// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "sim/relay/relay_summary.hpp"
#include "sim/summary.hpp"

namespace bezant::report {

/// What summary_json writes, before it is text.
[[nodiscard]] boost::json::object summary_object(const sim::Summary& summary,
                                                 std::string_view version, double wall_seconds);
/// What relay_summary_json writes, before it is text.
[[nodiscard]] boost::json::object summary_object(const sim::RelaySummary& summary,
                                                 std::string_view version, double wall_seconds);

}  // namespace bezant::report
