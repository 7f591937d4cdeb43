// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/scenario_file.hpp"
#include "sweep/plan.hpp"

namespace bezant::sweep {

/// What a command line says beside the plan, as it was written.
struct PlanChanges {
    std::optional<std::string> seeds;
    std::vector<std::string> settings;  ///< KEY=VALUE, for all runs
};

/// Reads a plan (docs/sweeps.md). `source` is what errors call the text: a file's name. Keys and
/// values of the scenario are checked one by one, not whether the scenario of a cell can be run.
[[nodiscard]] Result<Plan, sim::ScenarioError> plan_from_toml(std::string_view text,
                                                              std::string_view source,
                                                              const PlanChanges& changes = {});

}  // namespace bezant::sweep
