// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "crypto/hash.hpp"
#include "report/measures.hpp"
#include "sim/scenario.hpp"
#include "sim/topology/region_model.hpp"
#include "sim/topology/topology.hpp"
#include "sim/world.hpp"
#include "sweep/plan.hpp"

namespace bezant::sweep {

/// A scenario that can be run, on its network.
struct PreparedRun {
    sim::Scenario scenario;
    sim::Topology topology;
    std::optional<sim::RegionModel> regions;  ///< where participants only relay blocks
    Hash256 source;                           ///< stands for the texts that it was read from
};

/// What is wrong, as a sentence that says where, and what to do.
struct Failure {
    std::string what;
    std::string advice;
};

/// Reads the plan's scenario, bends it as a cell is, and makes its network; from several threads at
/// once. Whoever starts the sweep knows about files.
using Preparation = std::function<Result<PreparedRun, Failure>(const Plan& plan, std::uint32_t cell,
                                                               std::int64_t seed)>;

/// What is kept of a run. It has an error or a digest.
struct RunResult {
    std::string digest;
    std::string error;  ///< which check failed, and how
    double wall_seconds = 0;
    std::vector<report::Measure> measures;
    Hash256 source;  ///< of the run that was prepared; zero if it could not be
};

/// Runs it to its end.
[[nodiscard]] RunResult result_of(const PreparedRun& run);

}  // namespace bezant::sweep
