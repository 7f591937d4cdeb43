// SPDX-License-Identifier: Apache-2.0
// What simulated worlds cost: the ten of the classroom, and a hundred participants with a thousand
// blocks and ten thousand signed payments.
#include <benchmark/benchmark.h>

#include "sim/topology/generators.hpp"
#include "sim/world.hpp"

namespace bezant::sim {
namespace {

void run(benchmark::State& state, const Scenario& scenario, const Graph& graph) {
    std::uint64_t events = 0;
    for ([[maybe_unused]] const auto step : state) {
        World world{scenario, graph};
        const auto summary = world.run();
        if (!summary) return state.SkipWithError(summary.error().detail.c_str());
        events += summary->events;
        state.counters["height"] = summary->agreement.height.value;
        state.counters["confirmed"] = static_cast<double>(summary->transactions.confirmed);
    }
    state.counters["events"] =
        benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
}

void classroom(benchmark::State& state) {
    Scenario scenario;
    run(state, scenario, ring(scenario.participants).value());
}
BENCHMARK(classroom)->Unit(benchmark::kMillisecond);

void hundred_participants(benchmark::State& state) {
    Scenario scenario;
    scenario.participants = 100;
    scenario.network.proof_of_work = ProofOfWork::sampled;
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.blocks = 1'000;
    scenario.workload.payments_per_1000_seconds = 1'000;
    scenario.workload.payments_max = 10'000;
    scenario.checkers = state.range(0) != 0;
    Random random{1};
    run(state, scenario, random_regular(scenario.participants, 8, random).value());
}
BENCHMARK(hundred_participants)
    ->ArgName("checkers")
    ->Arg(1)
    ->Arg(0)
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace bezant::sim
