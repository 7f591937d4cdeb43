// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "sim/summary.hpp"

namespace bezant::report {

/// The summary as one JSON object, as docs/output.md describes it. Amounts are whole numbers of the
/// smallest unit. `wall_seconds` is the only field that differs between runs of one seed.
[[nodiscard]] std::string summary_json(const sim::Summary& summary, std::string_view version,
                                       double wall_seconds);

}  // namespace bezant::report
