// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/text_style.hpp"
#include "sweep/plan.hpp"
#include "sweep/sweep.hpp"

namespace bezant::sweep {

/// A table for each measure, with a row for each cell; then runs that failed.
[[nodiscard]] std::string result_text(const report::TextStyle& style, const Plan& plan,
                                      const SweepResult& result);

/// The same as one JSON object (docs/sweeps.md).
[[nodiscard]] std::string result_json(const Plan& plan, const SweepResult& result,
                                      std::string_view version);

}  // namespace bezant::sweep
