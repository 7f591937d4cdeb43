// SPDX-License-Identifier: Apache-2.0
// How much sooner a sweep ends on more threads: the same runs on one, and on as many as there are
// processors, one after the other and again, so that what else the machine does strikes both.
//
// bench_sweep [THREADS [RUNS]]
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/check.hpp"
#include "bench/support/cost.hpp"
#include "sim/topology/generators.hpp"
#include "sweep/parallel.hpp"
#include "sweep/sweep.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::sweep {
namespace {

constexpr int rounds = 3;
/// Of what so many threads could give at best.
constexpr double share_min = 0.9;

/// Thirty who mine and pay each other for some virtual minutes: some hundredths of a second.
Result<PreparedRun, Failure> equal_run(const Plan& /*plan*/, std::uint32_t /*cell*/,
                                       std::int64_t seed) {
    PreparedRun run;
    run.scenario.participants = 30;
    run.scenario.seed = static_cast<std::uint64_t>(seed);
    run.scenario.network.proof_of_work = ProofOfWork::sampled;
    run.scenario.workload.kind = sim::WorkloadKind::stream;
    run.scenario.workload.blocks = 30;
    run.scenario.workload.payments_per_1000_seconds = 1'000;
    run.topology.graph = sim::ring(run.scenario.participants).value();
    return run;
}

bench::Cost cost_on(unsigned threads, std::uint32_t runs) {
    const test::TemporaryFolder folder;
    Plan plan;
    plan.seeds = runs;
    plan.cells.resize(1);
    const Task task{plan, equal_run, folder.file("out"), "bench", threads, {}};
    const bench::Stopwatch watch;
    const auto result = carry_out(task, nullptr);
    CHECK(result && result->results.failed.empty(), "these runs are good");
    return watch.cost();
}

bool measure(unsigned threads, std::uint32_t runs) {
    double one = 1e9;
    double several = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const bench::Cost alone = cost_on(1, runs);
        const bench::Cost together = cost_on(threads, runs);
        fmt::print(
            "1 thread: {:.2f} s ({:.2f} s of a processor); {} threads: {:.2f} s ({:.2f} s)\n",
            alone.seconds, alone.processor_seconds, threads, together.seconds,
            together.processor_seconds);
        one = std::min(one, alone.seconds);
        several = std::min(several, together.seconds);
    }
    const double wanted = share_min * threads;
    fmt::print("{} runs: {} threads are {:.2f} times as fast as one, of {:.2f} wanted\n", runs,
               threads, one / several, wanted);
    return one / several >= wanted;
}

}  // namespace
}  // namespace bezant::sweep

int main(int count, char** words) {
    const unsigned threads = count > 1 ? static_cast<unsigned>(std::strtoul(words[1], nullptr, 10))
                                       : bezant::sweep::usual_threads();
    const auto runs = count > 2 ? std::strtoul(words[2], nullptr, 10) : 60;
    return bezant::sweep::measure(threads, static_cast<std::uint32_t>(runs)) ? EXIT_SUCCESS
                                                                             : EXIT_FAILURE;
}
