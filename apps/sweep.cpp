// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "apps/command.hpp"
#include "apps/failure.hpp"
#include "apps/memory.hpp"
#include "apps/scenario_flags.hpp"
#include "apps/status_line.hpp"
#include "apps/sweep_source.hpp"
#include "apps/terminal.hpp"
#include "report/wrapped_text.hpp"
#include "sweep/parallel.hpp"
#include "sweep/result_text.hpp"
#include "sweep/several_processes.hpp"
#include "sweep/sweep.hpp"

namespace bezant::apps {

namespace {

using Port = std::unique_ptr<sweep::MessagePort>;

struct SweepOptions {
    SweepChoice choice;
    std::string out;
    unsigned threads = 0;  ///< 0: as many as there are processors
    bool json = false;
    bool list = false;
    Colour colour = Colour::automatic;
};

void print_plans(const report::TextStyle& style) {
    fmt::print("Sweeps: bezant sweep NAME\n");
    for (const auto& [name, description] : built_in_plans())
        fmt::print("{}", report::wrapped(style, fmt::format("  {:<22} ", name), description));
}

/// Says how far the sweep is.
class SweepProgress {
public:
    explicit SweepProgress(bool on_terminal) : line_(on_terminal) {}

    void show(const sweep::Progress& progress) {
        if (progress.runs == progress.runs_total) return line_.clear();
        if (!line_.is_due()) return;
        const double rate = static_cast<double>(progress.runs_here) / line_.seconds();
        const auto left = static_cast<double>(progress.runs_total - progress.runs);
        line_.show(fmt::format(
            "{:3.0f} %  {} of {} runs, {:.3g} a second, {:.0f} s left",
            100.0 * static_cast<double>(progress.runs) / static_cast<double>(progress.runs_total),
            progress.runs, progress.runs_total, rate, left / rate));
    }

private:
    StatusLine line_;
};

/// The other processes of this sweep; none if it is one process.
Outcome<Port> join_others() {
    if (!sweep::is_one_of_several()) return Port{};
    auto port = sweep::open_message_port();
    if (port) return *std::move(port);
    return unexpected(Failure{ExitCode::environment,
                              fmt::format("several processes were started: {}", port.error()),
                              "install libopenmpi-dev and build again, or start one process"});
}

std::string folder_of(const SweepOptions& options) {
    if (!options.out.empty()) return options.out;
    return plan_name(options.choice.file) + ".sweep";
}

Failure as_failure(const sweep::SweepFailure& failure) {
    const bool is_input = failure.fault == sweep::SweepFault::input;
    return {is_input ? ExitCode::input : ExitCode::environment, failure.failure.what,
            failure.failure.advice};
}

ExitCode print_result(const SweepOptions& options, const sweep::Plan& plan,
                      const sweep::SweepResult& result) {
    if (options.json) {
        fmt::print("{}\n", sweep::result_json(plan, result, BEZANT_VERSION));
    } else {
        fmt::print("{}\nwritten to {}: results.sqlite, runs.csv, cells.csv\n",
                   sweep::result_text(output_style(options.colour), plan, result),
                   folder_of(options));
    }
    if (result.results.failed.empty()) return ExitCode::good;
    const auto& first = result.results.failed.front();
    print_error(fmt::format("{} failed; the first: cell {}, seed {}: {}",
                            report::counted(result.results.failed.size(), "run", "runs"),
                            first.job.cell, first.seed, first.error),
                "results leave them out");
    return ExitCode::check_failed;
}

/// Another process than the first says nothing: the first one does.
ExitCode assist_first(sweep::MessagePort& port, const Outcome<sweep::Task>& task) {
    if (task) {
        sweep::assist(*task, port);
    } else {
        sweep::decline(port, task.error().what);
    }
    return ExitCode::good;
}

ExitCode run_sweep(const SweepOptions& options) {
    if (options.list) {
        print_plans(output_style(options.colour));
        return ExitCode::good;
    }
    use_memory_freely();
    const auto port = join_others();
    if (!port) return print_failure(port.error());
    SweepProgress progress{errors_go_to_terminal()};
    auto task = load_sweep(options.choice);
    if (task) {
        task->folder = folder_of(options);
        task->version = BEZANT_VERSION;
        task->threads = options.threads == 0 ? sweep::usual_threads() : options.threads;
        task->report = [&](const sweep::Progress& state) { progress.show(state); };
    }
    if (*port && (*port)->rank() > 0) return assist_first(**port, task);
    if (!task) {
        if (*port) sweep::dismiss(**port);
        return print_failure(task.error());
    }
    const auto result = sweep::carry_out(*task, port->get());
    if (!result) return print_failure(as_failure(result.error()));
    return print_result(options, task->plan, *result);
}

}  // namespace

Command add_sweep(CLI::App& program) {
    CLI::App* app = program.add_subcommand(
        "sweep", "Run a scenario for many values of its keys, with many seeds, on all processors");
    const auto options = std::make_shared<SweepOptions>();
    const auto option = [&](const char* name, auto& value, const char* type, const char* meaning) {
        return app->add_option(name, value, meaning)->option_text(type);
    };
    option("plan", options->choice.file, "NAME|FILE", "A built-in plan (latency), or a TOML file");
    option("--threads", options->threads, "NUMBER", "How many runs at a time; left out: processors")
        ->check(CLI::Range(1U, 1'024U));
    option("--out", options->out, "FOLDER", "Keep the results there; left out: NAME.sweep")
        ->check([](const std::string& folder) {
            return std::string{folder.empty() ? "needs the name of a folder" : ""};
        });
    option("--seeds", options->choice.seeds, "NUMBER", "How many runs each cell has");
    option("--set", options->choice.settings, "KEY=VALUE",
           "Change any key of the scenario, for all runs; may be repeated")
        ->allow_extra_args(false);
    app->add_flag("--json", options->json, "Print the results as JSON and nothing else");
    app->add_flag("--list", options->list, "List the plans that are built in");
    add_colour_flag(*app, options->colour);
    app->footer(
        "Example: bezant sweep latency --threads 2\n"
        "The same command after an interruption goes on; under mpirun it uses all machines.");
    return {app, [options] { return run_sweep(*options); }};
}

}  // namespace bezant::apps
