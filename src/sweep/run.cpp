// SPDX-License-Identifier: Apache-2.0
#include "sweep/run.hpp"

#include <fmt/format.h>

#include <chrono>

#include "sim/relay/relay_world.hpp"

namespace bezant::sweep {

namespace {

Result<sim::Summary, sim::RunFailure> summary_of(const PreparedRun& run) {
    return sim::World{run.scenario, run.topology.graph}.run();
}

/// Why it does not count although it came to its end.
std::string fault_of(const sim::Summary& summary) {
    if (summary.agreement.tips != 1)
        return fmt::format("agreement: {} different best blocks", summary.agreement.tips);
    if (!summary.ledger.balanced) return "supply: issued, balances and coins are not equal";
    return {};
}

std::string fault_of(const sim::RunFailure& failure) {
    return fmt::format("{}: {}", failure.check, failure.detail);
}

void carry_out(const PreparedRun& run, RunResult& result) {
    const auto summary = summary_of(run);
    result.error = summary ? fault_of(*summary) : fault_of(summary.error());
    if (!result.error.empty()) return;
    result.digest = summary->digest;
    result.measures = report::measures_of(*summary);
}

void carry_out_relay(const PreparedRun& run, RunResult& result) {
    const auto summary = sim::RelayWorld{run.scenario, run.topology, run.regions.value()}.run();
    if (!summary) {
        result.error = fault_of(summary.error());
        return;
    }
    result.digest = summary->digest;
    result.measures = report::measures_of(*summary);
}

}  // namespace

RunResult result_of(const PreparedRun& run) {
    const auto started = std::chrono::steady_clock::now();
    RunResult result;
    result.source = run.source;
    if (run.scenario.model == sim::Model::relay) {
        carry_out_relay(run, result);
    } else {
        carry_out(run, result);
    }
    result.wall_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return result;
}

}  // namespace bezant::sweep
