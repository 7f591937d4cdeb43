// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>

#include "apps/command.hpp"
#include "apps/progress_line.hpp"
#include "apps/run_output.hpp"
#include "apps/scenario_source.hpp"
#include "apps/terminal.hpp"
#include "report/event_log.hpp"
#include "report/final_report.hpp"
#include "report/network_drawing.hpp"
#include "report/people.hpp"
#include "report/round_report.hpp"
#include "report/summary_json.hpp"
#include "sim/scenario_file.hpp"
#include "sim/topology/topology_spec.hpp"

namespace bezant::apps {

namespace {

using report::Tone;

struct Options {
    ScenarioChoice choice;
    std::string out;
    bool json = false;
    bool list = false;
    bool keys = false;
    Colour colour = Colour::automatic;
};

void print_list() {
    for (const sim::BuiltInFile& file : sim::built_in_files()) {
        if (!file.name.ends_with(".toml") || file.text.find("[workload]") == file.text.npos)
            continue;
        const auto scenario = sim::scenario_from_toml(file.text, file.name);
        if (scenario) fmt::print("{:<12} {}\n", scenario->name, scenario->description);
    }
    fmt::print("\nnetworks (--topology):\n");
    for (const auto& help : sim::generator_help()) {
        fmt::print("{:<24} {}\n", help.example, help.meaning);
    }
}

void print_keys() {
    for (const sim::ScenarioKey& key : sim::scenario_keys()) {
        fmt::print("{} = {}\n    {}. {}\n", key.path, key.default_text, key.type, key.meaning);
    }
}

void print_opening(const report::TextStyle& style, const LoadedScenario& loaded,
                   const sim::World& world) {
    const sim::Scenario& scenario = loaded.scenario;
    fmt::print("{}\n\n",
               report::toned(style, Tone::strong,
                             fmt::format("Bezant {}: {}, {} participants, seed {}", BEZANT_VERSION,
                                         scenario.name, scenario.participants, scenario.seed)));
    if (!scenario.description.empty()) fmt::print("{}\n", scenario.description);
    for (const std::string& remark : loaded.remarks) fmt::print("Note: {}.\n", remark);
    const report::People people{world};
    std::vector<std::string> labels;
    for (sim::ParticipantId id = 0; id < world.size(); ++id) labels.push_back(people.numbered(id));
    fmt::print("\n{}\n", report::draw_network(loaded.topology.graph, labels, style));
}

void print_attack(const report::TextStyle& style, const sim::AttackOutcome& attack) {
    fmt::print("\n{}", report::heading(style, fmt::format("Attack: {}", attack.name)));
    for (const std::string& sentence : attack.story) fmt::print("  {}\n", sentence);
    if (!attack.story.empty()) fmt::print("\n");
    fmt::print("{}\n", report::toned(
                           style, attack.succeeded ? Tone::bad : Tone::good,
                           fmt::format("  The attack {}. {}",
                                       attack.succeeded ? "SUCCEEDED" : "failed", attack.detail)));
    if (attack.theory_odds) {
        fmt::print("  By theory it succeeds with probability {:.4f}.\n", *attack.theory_odds);
    }
}

/// One run from the command line to the exit code.
class Simulation {
public:
    Simulation(const Options& options, LoadedScenario loaded)
        : options_(options),
          style_(output_style(options.colour)),
          loaded_(std::move(loaded)),
          world_(loaded_.scenario, loaded_.topology.graph),
          progress_(errors_go_to_terminal()) {}

    ExitCode run() {
        if (auto opened = open_output(); !opened) return failed(opened.error());
        add_observers();
        if (!options_.json) print_opening(style_, loaded_, world_);
        std::cout.flush();
        const auto started = std::chrono::steady_clock::now();
        const auto summary = world_.run();
        if (!summary) return failed(summary.error());
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - started;
        const std::string json = report::summary_json(*summary, BEZANT_VERSION, wall.count());
        print(*summary, json, wall.count());
        if (output_) {
            if (auto done = output_->finish(world_, json); !done) return failed(done.error());
        }
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
        if (options_.json || loaded_.scenario.workload.kind != sim::WorkloadKind::rounds) return;
        rounds_.emplace(std::cout, style_);
        world_.add_observer(*rounds_);
    }

    void print(const sim::Summary& summary, const std::string& json, double wall_seconds) {
        if (options_.json) {
            fmt::print("{}\n", json);
            return;
        }
        report::print_final_report(std::cout, style_, world_, summary);
        std::cout.flush();
        if (summary.attack) print_attack(style_, *summary.attack);
        fmt::print("  took {:.2f} s\n", wall_seconds);
        if (output_)
            fmt::print("  written to {}: ledger.bzt, events.jsonl, summary.json\n", options_.out);
    }

    static ExitCode failed(const FileError& error) {
        print_error(error.what, "choose another folder with --out");
        return ExitCode::environment;
    }

    static ExitCode failed(const sim::RunFailure& failure) {
        print_error(fmt::format("the run failed its check '{}' {}", failure.check, failure.detail),
                    fmt::format("the same run with --seed {} shows it again", failure.seed));
        return ExitCode::check_failed;
    }

    const Options& options_;
    report::TextStyle style_;
    LoadedScenario loaded_;
    sim::World world_;
    ProgressLine progress_;
    std::optional<report::RoundReport> rounds_;
    std::optional<RunOutput> output_;
    std::optional<report::EventLog> event_log_;
};

ExitCode simulate(const Options& options) {
    if (options.list) {
        print_list();
        return ExitCode::good;
    }
    if (options.keys) {
        print_keys();
        return ExitCode::good;
    }
    auto loaded = load_scenario(options.choice);
    if (!loaded) {
        print_error(loaded.error().what, loaded.error().advice);
        return ExitCode::input;
    }
    return Simulation{options, *std::move(loaded)}.run();
}

void add_flags(CLI::App& app, Options& options) {
    ScenarioChoice& choice = options.choice;
    app.add_option("scenario", choice.scenario, "A built-in scenario's name, or a TOML file")
        ->capture_default_str();
    app.add_option("--seed", choice.seed, "The number from which the whole run follows");
    app.add_option("--participants", choice.participants, "How many take part");
    app.add_option(
        "--topology", choice.topology,
        "Who is connected to whom: a file (edge list, GraphML) or a generator (ring, regular:8 …)");
    app.add_option("--rounds", choice.rounds, "How many rounds of paying and mining");
    app.add_option("--pow", choice.proof_of_work, "Proof of work: real or sampled");
    app.add_option("--attack", choice.attack,
                   "Try to cheat: double-spend, forge, tamper, inflate or majority");
    app.add_option("--set", choice.settings,
                   "KEY=VALUE: change any key of the scenario; may be repeated")
        ->allow_extra_args(false);
    app.add_option("--out", options.out,
                   "Write the ledger, the events and the summary into this folder");
    app.add_flag("--json", options.json, "Print the summary as JSON and nothing else");
    app.add_flag("--list", options.list,
                 "List the built-in scenarios and the generators of networks");
    app.add_flag("--keys", options.keys, "List the keys that a scenario may have");
    app.add_option("--colour", options.colour, "Colour: auto, always or never")
        ->transform(CLI::CheckedTransformer(std::map<std::string, Colour>{
            {"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}}));
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
