// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "sweep/estimate.hpp"
#include "sweep/result_file.hpp"

namespace bezant::sweep {

/// A run that failed one of its checks.
struct FailedRun {
    Job job;
    std::int64_t seed = 0;
    std::string error;
};

/// What a sweep came to, by measure and cell.
struct Results {
    std::vector<KnownMeasure> measures;
    std::vector<std::vector<Estimate>> estimates;  ///< by measure, then by cell
    std::vector<std::uint32_t> runs;               ///< by cell
    std::vector<FailedRun> failed;
};

/// All of it, from a file that is finished.
[[nodiscard]] Results results_of(ResultFile& file, const Plan& plan);

/// Writes runs.csv and cells.csv (docs/sweeps.md) into this folder; the error names the file.
[[nodiscard]] Result<void, std::string> write_tables(ResultFile& file, const Plan& plan,
                                                     const std::string& folder);

}  // namespace bezant::sweep
