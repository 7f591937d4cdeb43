// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

#include "apps/bench/bench_case.hpp"
#include "apps/bench/bench_commands.hpp"
#include "apps/bench/measured_run.hpp"
#include "apps/failure.hpp"
#include "apps/memory.hpp"
#include "report/text_style.hpp"

namespace bezant::apps {

namespace {

struct BenchOptions {
    std::vector<std::string> only;
    std::optional<std::uint32_t> participants;
    std::optional<std::uint32_t> blocks;
    bool all = false;
    bool json = false;
};

std::vector<BenchCase> chosen(const BenchOptions& options) {
    std::vector<BenchCase> picked;
    for (const BenchCase& each : bench_cases()) {
        const bool named = std::ranges::find(options.only, each.name) != options.only.end();
        const bool by_default = options.only.empty() && (options.all || !each.takes_minutes);
        if (named || by_default) picked.push_back(each);
    }
    return picked;
}

std::vector<std::string> case_names() {
    std::vector<std::string> names;
    for (const BenchCase& each : bench_cases()) names.emplace_back(each.name);
    return names;
}

void print_heading() {
    fmt::print("{:<14}{:>13}{:>8}{:>10}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "", "participants",
               "blocks", "payments", "wall s", "CPU s", "MB", "M ev/s", "us/p/b", "9/10 ms");
}

void print_row(const Measured& measured, std::string_view beside) {
    const double rate = measured.wall_seconds > 0
                            ? static_cast<double>(measured.events) / measured.wall_seconds / 1e6
                            : 0;
    fmt::print("{:<14}{:>13}{:>8}{:>10}{:>9.3f}{:>9.3f}{:>9.0f}{:>9.1f}{:>9.3f}{:>9.0f}\n",
               measured.name, report::grouped(measured.participants),
               report::grouped(measured.blocks), report::grouped(measured.payments),
               measured.wall_seconds, measured.cpu_seconds,
               static_cast<double>(measured.peak_rss_bytes) / 1e6, rate,
               measured.cpu_us_per_participant_block(), measured.p90_ms);
    const auto blocks = static_cast<double>(std::max<std::uint64_t>(1, measured.blocks));
    fmt::print(
        "{:<14}{}\n{:<14}half of all have a block after {:.0f} ms; {:.3f} ms of CPU a block\n", "",
        beside, "", measured.p50_ms, measured.cpu_seconds * 1e3 / blocks);
}

ExitCode bench_sim(const BenchOptions& options) {
    use_memory_freely();
    std::string list;
    if (!options.json) print_heading();
    for (const BenchCase& each : chosen(options)) {
        std::fflush(stdout);
        const auto measured = run_measured(std::string{each.name},
                                           choice_of(each, options.participants, options.blocks));
        if (!measured) return print_failure(measured.error());
        if (options.json) {
            list += (list.empty() ? "" : ",\n ") + to_json(*measured);
        } else {
            print_row(*measured, each.beside);
        }
    }
    if (options.json) fmt::print("[{}]\n", list);
    return ExitCode::good;
}

}  // namespace

Command add_bench_sim(CLI::App& bench) {
    CLI::App* app = bench.add_subcommand(
        "sim", "Run scenarios of many sizes and print what they take, beside what others take");
    const auto options = std::make_shared<BenchOptions>();
    app->add_option("--only", options->only, "Only this one; may be given several times")
        ->option_text("NAME")
        ->check(CLI::IsMember(case_names()));
    app->add_option("--participants", options->participants, "So many take part in each")
        ->option_text("NUMBER");
    app->add_option("--blocks", options->blocks, "So many blocks in each")
        ->option_text("NUMBER")
        ->check(CLI::Range(1U, 10'000'000U));
    app->add_flag("--all", options->all, "Also those that take minutes");
    app->add_flag("--json", options->json, "Print a list of JSON objects and nothing else");
    app->footer("Example: bezant bench sim --only relay-600 --json");
    return {app, [options] { return bench_sim(*options); }};
}

}  // namespace bezant::apps
