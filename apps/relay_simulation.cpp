// SPDX-License-Identifier: Apache-2.0
#include "apps/relay_simulation.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <iostream>

#include "apps/command.hpp"
#include "apps/files.hpp"
#include "apps/progress_line.hpp"
#include "apps/run_opening.hpp"
#include "apps/terminal.hpp"
#include "report/people.hpp"
#include "report/relay_report.hpp"
#include "sim/relay/relay_world.hpp"

namespace bezant::apps {

namespace {

using Clock = std::chrono::steady_clock;

Duration elapsed_in(const sim::RelayWorld& world) {
    return Duration{static_cast<std::int64_t>(world.engine().now_us())};
}

Result<sim::RelaySummary, sim::RunFailure> run(sim::RelayWorld& world) {
    ProgressLine progress{[&world] {
                              return ProgressLine::Progress{.share = world.progress(),
                                                            .elapsed = elapsed_in(world),
                                                            .events = world.engine().events()};
                          },
                          errors_go_to_terminal(), 1};
    while (!world.is_over()) {
        world.find_next();
        progress.moved();
    }
    auto summary = world.finish();
    progress.clear();
    return summary;
}

/// One line for each block found, in the order in which they were found.
std::string blocks_csv(const sim::RelayWorld& world) {
    const auto blocks = world.engine().blocks();
    std::vector<bool> on_main_chain(blocks.size());
    for (const sim::RelayBlockIndex block : world.main_chain()) on_main_chain[block] = true;
    std::string text = "block,parent,height,miner,found_us,half_us,nine_tenths_us,main_chain\n";
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        const sim::RelayBlock& block = blocks[i];
        text += fmt::format("{},{},{},{},{},{},{},{}\n", i, block.parent, block.height, block.miner,
                            block.found_us, block.half_us, block.nine_tenths_us,
                            on_main_chain[i] ? 1 : 0);
    }
    return text;
}

Result<void, FileError> write_output(const std::filesystem::path& folder,
                                     const sim::RelayWorld& world, const std::string& json) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return unexpected(FileError{
            fmt::format("cannot make the folder {}: {}", folder.string(), error.message())});
    }
    if (auto done = write_file(folder / "blocks.csv", as_bytes(blocks_csv(world))); !done)
        return done;
    return write_file(folder / "summary.json", as_bytes(json + "\n"));
}

ExitCode failed(const sim::RunFailure& failure) {
    std::cout.flush();
    print_error(fmt::format("the run failed its check '{}' {}", failure.check, failure.detail),
                "give blocks more time with network.hashes_per_block, or set virtual_time_max");
    return ExitCode::check_failed;
}

}  // namespace

ExitCode simulate_relay(const LoadedScenario& loaded, const RelayOptions& options) {
    if (!options.json) {
        print_opening(options.style, loaded,
                      report::labels_of(loaded.scenario.participants, loaded.topology.labels));
    }
    std::cout.flush();
    const auto started = Clock::now();
    sim::RelayWorld world{loaded.scenario, loaded.topology, loaded.regions.value()};
    const auto summary = run(world);
    const double wall = std::chrono::duration<double>(Clock::now() - started).count();
    const std::string json =
        summary ? report::relay_summary_json(*summary, BEZANT_VERSION, wall)
                : report::relay_failure_json(summary.error(), world, BEZANT_VERSION, wall);
    if (!options.out.empty()) {
        if (const auto done = write_output(options.out, world, json); !done) {
            print_error(done.error().what, "choose another folder with --out");
            return ExitCode::environment;
        }
    }
    if (options.json) fmt::print("{}\n", json);
    if (!summary) return failed(summary.error());
    if (options.json) return ExitCode::good;
    report::print_relay_report(std::cout, options.style, *summary);
    std::cout << fmt::format("  took {:.2f} s\n", wall);
    if (!options.out.empty())
        std::cout << fmt::format("  written to {}: blocks.csv, summary.json\n", options.out);
    std::cout.flush();
    return ExitCode::good;
}

}  // namespace bezant::apps
