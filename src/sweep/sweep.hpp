// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sweep/coordinator.hpp"
#include "sweep/message_port.hpp"
#include "sweep/plan.hpp"
#include "sweep/result_tables.hpp"
#include "sweep/run.hpp"

namespace bezant::sweep {

/// A sweep, whole.
struct Task {
    Plan plan;
    Preparation prepare;
    std::string folder;  ///< of the results, on the first process
    std::string version;
    unsigned threads = 1;  ///< of each process
    ProgressReport report;
};

enum class SweepFault : std::uint8_t {
    input,        ///< a cell cannot be run, or the folder holds something else
    environment,  ///< something outside fails
};

struct SweepFailure {
    SweepFault fault{};
    Failure failure;
};

/// What a sweep came to.
struct SweepResult {
    Hash256 plan_hash;
    Results results;
};

/// Does all runs that are not done yet, on the threads of this process and with the others of the
/// port, of which it is the first; there may be none. Then files of results are in the folder.
[[nodiscard]] Result<SweepResult, SweepFailure> carry_out(const Task& task, MessagePort* port);

/// In the other processes: does runs for the first one, until there are no more. Nobody reads the
/// folder and the report.
void assist(const Task& task, MessagePort& port);

}  // namespace bezant::sweep
