// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sweep/plan.hpp"
#include "sweep/run.hpp"

namespace bezant::sweep {

/// A run that was given out, and what came of it.
struct FinishedJob {
    Job job;
    RunResult result;
};

/// Where workers get their work, and leave it. Called by several threads at once.
class Jobs {
public:
    Jobs() = default;
    virtual ~Jobs() = default;
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    /// Takes what this worker has finished, if anything, and gives it the next; nothing when there
    /// is none, and then the worker is not to ask again. Workers of a process are numbered from 0.
    [[nodiscard]] virtual std::optional<Job> exchange(unsigned worker,
                                                      std::optional<FinishedJob> finished) = 0;
};

/// Works on so many threads until there is no more to do.
void work_off(Jobs& jobs, const Plan& plan, const Preparation& prepare, unsigned threads);

}  // namespace bezant::sweep
