// SPDX-License-Identifier: Apache-2.0
#include "sweep/jobs.hpp"

#include "sweep/parallel.hpp"

namespace bezant::sweep {

namespace {

RunResult carry_out(Job job, const Plan& plan, const Preparation& prepare) {
    const auto run = prepare(plan, job.cell, plan.seed_of(job.number));
    if (run) return result_of(*run);
    RunResult result;
    result.error = run.error().what;
    return result;
}

}  // namespace

void work_off(Jobs& jobs, const Plan& plan, const Preparation& prepare, unsigned threads) {
    on_threads(threads, [&](unsigned worker) {
        std::optional<Job> job = jobs.exchange(worker, {});
        while (job) job = jobs.exchange(worker, FinishedJob{*job, carry_out(*job, plan, prepare)});
    });
}

}  // namespace bezant::sweep
