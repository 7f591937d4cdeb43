// SPDX-License-Identifier: Apache-2.0
#include "sweep/run.hpp"

#include <fmt/format.h>

#include <chrono>

#include "sweep/parallel.hpp"

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

}  // namespace

RunResult result_of(const PreparedRun& run) {
    const auto started = std::chrono::steady_clock::now();
    const auto summary = summary_of(run);
    RunResult result;
    result.source = run.source;
    result.wall_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    result.error = summary ? fault_of(*summary)
                           : fmt::format("{}: {}", summary.error().check, summary.error().detail);
    if (!result.error.empty()) return result;
    result.digest = summary->digest;
    result.measures = report::measures_of(*summary);
    return result;
}

std::vector<Result<sim::Summary, sim::RunFailure>> summaries_of(
    const std::vector<PreparedRun>& runs, unsigned threads) {
    return parallel_map(runs.size(), threads, [&](std::size_t i) { return summary_of(runs[i]); });
}

}  // namespace bezant::sweep
