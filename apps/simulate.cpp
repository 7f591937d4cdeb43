// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>

#include "apps/command.hpp"
#include "apps/memory.hpp"
#include "apps/progress_line.hpp"
#include "apps/relay_simulation.hpp"
#include "apps/run_opening.hpp"
#include "apps/run_output.hpp"
#include "apps/scenario_flags.hpp"
#include "apps/scenario_source.hpp"
#include "apps/signature_workers.hpp"
#include "apps/terminal.hpp"
#include "report/event_log.hpp"
#include "report/final_report.hpp"
#include "report/people.hpp"
#include "report/round_report.hpp"
#include "report/summary_json.hpp"
#include "report/wrapped_text.hpp"
#include "sim/attacks/make_attack.hpp"
#include "sim/scenario_file.hpp"
#include "sim/topology/topology_spec.hpp"

namespace bezant::apps {

namespace {

struct Options {
    ScenarioChoice choice;
    std::string out;
    bool json = false;
    bool list = false;
    bool keys = false;
    Colour colour = Colour::automatic;
};

void print_list(const report::TextStyle& style) {
    const auto row = [&](std::string_view name, std::string_view meaning) {
        fmt::print("{}", report::wrapped(style, fmt::format("  {:<22} ", name), meaning));
    };
    fmt::print("Scenarios: bezant simulate NAME\n");
    for (const sim::BuiltInFile& file : sim::built_in_files()) {
        if (!file.name.ends_with(".toml") || file.text.find("[workload]") == file.text.npos)
            continue;
        const auto scenario = sim::scenario_from_toml(file.text, file.name);
        if (scenario) row(scenario->name, scenario->description);
    }
    fmt::print("\nNetworks: --topology NAME\n");
    for (const auto& help : sim::generator_help()) row(help.example, help.meaning);
    fmt::print("\nAttacks: --attack NAME\n");
    for (const auto& help : sim::attack_help()) row(help.name, help.meaning);
}

void print_keys() {
    for (const sim::ScenarioKey& key : sim::scenario_keys()) {
        fmt::print("{} = {}\n    {}. {}\n", key.path, key.default_text, key.type, key.meaning);
    }
}

/// One run from the command line to the exit code.
class Simulation {
public:
    Simulation(const Options& options, LoadedScenario loaded)
        : options_(options),
          style_(output_style(options.colour)),
          loaded_(std::move(loaded)),
          verifier_(make_signature_workers()),
          world_(loaded_.scenario, loaded_.topology.graph,
                 sim::make_attack(loaded_.scenario.attack), verifier_.get(), verifier_.get()),
          people_(world_, loaded_.topology.labels),
          progress_(
              [this] {
                  return ProgressLine::Progress{.share = world_.progress(),
                                                .elapsed = world_.elapsed(),
                                                .events = world_.events()};
              },
              errors_go_to_terminal()) {}

    ExitCode run() {
        if (auto opened = open_output(); !opened) return failed(opened.error());
        add_observers();
        if (!options_.json) print_opening(style_, loaded_, people_.all_numbered());
        std::cout.flush();
        const auto started = std::chrono::steady_clock::now();
        const auto summary = world_.run();
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - started;
        const std::string json =
            summary ? report::summary_json(*summary, BEZANT_VERSION, wall.count())
                    : report::failure_json(summary.error(), world_, BEZANT_VERSION, wall.count());
        if (output_) {
            if (auto done = output_->finish(world_, json); !done) return failed(done.error());
        }
        if (options_.json) fmt::print("{}\n", json);
        if (!summary) return failed(summary.error());
        if (!options_.json) print(*summary, wall.count());
        const bool good = summary->agreement.tips == 1 && summary->ledger.balanced;
        return good ? ExitCode::good : ExitCode::check_failed;
    }

private:
    Result<void, FileError> open_output() {
        if (options_.out.empty()) return {};
        auto opened = RunOutput::open(options_.out);
        if (!opened) return unexpected(opened.error());
        output_.emplace(*std::move(opened));
        event_log_.emplace([this](std::string_view line) { output_->event(line); });
        return {};
    }

    void add_observers() {
        world_.add_observer(progress_);
        if (event_log_) world_.add_observer(*event_log_);
        if (output_) world_.keep_history();
        if (options_.json || loaded_.scenario.workload.kind != sim::WorkloadKind::rounds) return;
        rounds_.emplace(std::cout, style_, people_);
        world_.add_observer(*rounds_);
    }

    void print(const sim::Summary& summary, double wall_seconds) {
        report::print_final_report(std::cout, style_, people_, world_, summary);
        std::cout << fmt::format("  took {:.2f} s\n", wall_seconds);
        if (output_)
            std::cout << fmt::format("  written to {}: ledger.bzt, events.jsonl, summary.json\n",
                                     options_.out);
        if (summary.attack) report::print_attack(std::cout, style_, people_, *summary.attack);
        std::cout.flush();
    }

    static ExitCode failed(const FileError& error) {
        print_error(error.what, "choose another folder with --out");
        return ExitCode::environment;
    }

    /// The story of an attack may say why the run ended so.
    ExitCode failed(const sim::RunFailure& failure) {
        if (failure.attack && !options_.json)
            report::print_attack(std::cout, style_, people_, *failure.attack);
        std::cout.flush();
        print_error(fmt::format("the run failed its check '{}' {}", failure.check,
                                people_.named(failure.detail)),
                    fmt::format("the same run with --seed {} shows it again", failure.seed));
        return ExitCode::check_failed;
    }

    const Options& options_;
    report::TextStyle style_;
    LoadedScenario loaded_;
    std::unique_ptr<net::SignaturePool> verifier_;
    sim::World world_;
    report::People people_;
    ProgressLine progress_;
    std::optional<report::RoundReport> rounds_;
    std::optional<RunOutput> output_;
    std::optional<report::EventLog> event_log_;
};

ExitCode simulate(const Options& options) {
    if (options.list) {
        print_list(output_style(options.colour));
        return ExitCode::good;
    }
    if (options.keys) {
        print_keys();
        return ExitCode::good;
    }
    use_memory_freely();
    auto loaded = load_scenario(options.choice);
    if (!loaded) {
        print_error(loaded.error().what, loaded.error().advice);
        return ExitCode::input;
    }
    if (loaded->scenario.model == sim::Model::relay) {
        return simulate_relay(
            *loaded,
            {.out = options.out, .json = options.json, .style = output_style(options.colour)});
    }
    return Simulation{options, *std::move(loaded)}.run();
}

void add_flags(CLI::App& app, Options& options) {
    const auto option = [&](const char* name, auto& value, const char* type, const char* meaning) {
        return app.add_option(name, value, meaning)->option_text(type);
    };
    add_scenario_flags(app, options.choice);
    option("--pow", options.choice.proof_of_work, "KIND", "Proof of work: real or sampled");
    option("--attack", options.choice.attack, "NAME",
           "Let a participant cheat: double-spend, forge …");
    option("--out", options.out, "FOLDER", "Write the ledger, the events and the summary there")
        ->check([](const std::string& folder) {
            return std::string{folder.empty() ? "needs the name of a folder" : ""};
        });
    app.add_flag("--json", options.json, "Print the summary as JSON and nothing else");
    app.add_flag("--list", options.list, "List scenarios, networks and attacks");
    app.add_flag("--keys", options.keys, "List the keys that a scenario may have");
    add_colour_flag(app, options.colour);
}

}  // namespace

Command add_simulate(CLI::App& program) {
    CLI::App* app = program.add_subcommand(
        "simulate", "Run a scenario: participants pay, mine, check and agree in a simulated world");
    const auto options = std::make_shared<Options>();
    add_flags(*app, *options);
    app->footer("Example: bezant simulate --seed 7 --rounds 3");
    return {app, [options] { return simulate(*options); }};
}

}  // namespace bezant::apps
