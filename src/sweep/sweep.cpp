// SPDX-License-Identifier: Apache-2.0
#include "sweep/sweep.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include "sweep/parallel.hpp"
#include "sweep/several_processes.hpp"

namespace bezant::sweep {

namespace {

using SweepOutcome = Result<SweepResult, SweepFailure>;

std::string text_of(const Plan& plan, std::uint32_t cell) {
    std::string text = fmt::format("cell {}", cell);
    for (std::size_t i = 0; i < plan.keys.size(); ++i)
        text += fmt::format("{} {} = {}", i == 0 ? ":" : ",", plan.keys[i],
                            plan.cells[cell][i].written);
    return text;
}

/// That the first run of each cell can be made; what stands for the texts that each is read from.
Result<std::vector<Hash256>, Failure> check_cells(const Task& task) {
    const Plan& plan = task.plan;
    const auto prepared = parallel_map(
        plan.cells.size(), task.threads, [&](std::size_t i) -> Result<Hash256, Failure> {
            const auto run = task.prepare(plan, static_cast<std::uint32_t>(i), plan.first_seed);
            if (!run) return unexpected(run.error());
            return run->source;
        });
    std::vector<Hash256> sources;
    for (std::uint32_t cell = 0; cell < prepared.size(); ++cell) {
        if (!prepared[cell]) {
            const auto& [what, advice] = prepared[cell].error();
            return unexpected(Failure{fmt::format("{}: {}", text_of(plan, cell), what), advice});
        }
        sources.push_back(*prepared[cell]);
    }
    return sources;
}

/// Threads of this process beside the others' requests.
Result<void, Failure> work(const Task& task, const Hash256& plan_hash, Coordinator& coordinator,
                           MessagePort* port) {
    if (port == nullptr) {
        work_off(coordinator, task.plan, task.prepare, task.threads);
        return {};
    }
    const std::jthread here{[&] { work_off(coordinator, task.plan, task.prepare, task.threads); }};
    return serve(*port, coordinator, plan_hash);
}

SweepFailure environment_failure(std::string what, std::string advice) {
    return {SweepFault::environment, {std::move(what), std::move(advice)}};
}

Result<ResultFile, SweepFailure> open_file(const Task& task, const Hash256& plan_hash) {
    std::error_code error;
    std::filesystem::create_directories(task.folder, error);
    if (error) {
        return unexpected(environment_failure(
            fmt::format("cannot make the folder {}: {}", task.folder, error.message()),
            "choose another folder with --out"));
    }
    auto file =
        ResultFile::open(task.folder + "/results.sqlite", task.plan, plan_hash, task.version);
    if (file) return *std::move(file);
    const bool is_input = file.error().fault == FileFault::another_plan;
    return unexpected(
        SweepFailure{is_input ? SweepFault::input : SweepFault::environment, file.error().failure});
}

SweepOutcome finish(const Task& task, const Hash256& plan_hash, ResultFile& file) {
    if (file.error().empty()) file.finish();
    SweepResult result{plan_hash, {}};
    if (file.error().empty()) result.results = results_of(file, task.plan);
    const auto written = write_tables(file, task.plan, task.folder);
    const std::string error = written ? file.error() : written.error();
    if (!error.empty()) {
        return unexpected(
            environment_failure(fmt::format("cannot write results to {}: {}", task.folder, error),
                                "what is done is kept: the same command goes on with it"));
    }
    return result;
}

}  // namespace

SweepOutcome carry_out(const Task& task, MessagePort* port) {
    const auto give_up = [&](SweepFailure failure) -> SweepOutcome {
        if (port != nullptr) dismiss(*port);
        return unexpected(std::move(failure));
    };
    const auto sources = check_cells(task);
    if (!sources) return give_up({SweepFault::input, sources.error()});
    const Hash256 plan_hash = hash_of(task.plan, *sources);
    auto file = open_file(task, plan_hash);
    if (!file) return give_up(file.error());
    Coordinator coordinator{task.plan, *sources, *file, task.report};
    if (const auto done = work(task, plan_hash, coordinator, port); !done)
        return unexpected(SweepFailure{SweepFault::environment, done.error()});
    if (coordinator.has_seen_changes()) {
        return unexpected(environment_failure(
            "the scenario or its network was changed while the sweep ran",
            "with the files as they were the same command goes on; for the new ones choose another "
            "folder with --out"));
    }
    return finish(task, plan_hash, *file);
}

void assist(const Task& task, MessagePort& port) {
    const auto sources = check_cells(task);
    if (!sources) return decline(port, sources.error().what);
    Hello hello;
    hello.plan_hash = hash_of(task.plan, *sources);
    hello.workers = task.threads;
    help(port, hello, task.plan, task.prepare);
}

}  // namespace bezant::sweep
