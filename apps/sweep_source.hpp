// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/failure.hpp"
#include "sweep/sweep.hpp"

namespace bezant::apps {

/// What the command line says of a sweep; values as they were written.
struct SweepChoice {
    std::string file = "latency";  ///< a built-in plan's name, or a file
    std::optional<std::string> seeds;
    std::vector<std::string> settings;  ///< KEY=VALUE
};

/// A plan that is part of the program.
struct PlanHelp {
    std::string name;
    std::string description;
};
[[nodiscard]] std::vector<PlanHelp> built_in_plans();

/// What a plan's file is called, without folder and ending.
[[nodiscard]] std::string plan_name(const std::string& file);

/// Reads the plan, bends it as the command line says, and knows how its runs are read.
[[nodiscard]] Outcome<sweep::Task> load_sweep(const SweepChoice& choice);

}  // namespace bezant::apps
