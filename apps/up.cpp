// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <stdlib.h>  // mkdtemp

#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/command.hpp"
#include "apps/failure.hpp"
#include "apps/run_opening.hpp"
#include "apps/scenario_flags.hpp"
#include "apps/scenario_source.hpp"
#include "fleet/fleet.hpp"
#include "fleet/rounds.hpp"
#include "net/private_file.hpp"
#include "report/final_report.hpp"
#include "report/line_canvas.hpp"
#include "report/people.hpp"
#include "report/round_report.hpp"
#include "report/summary_json.hpp"
#include "report/wrapped_text.hpp"
#include "rpc/host_text.hpp"

namespace bezant::apps {

namespace {

/// Each is a process with a disk of its own.
constexpr std::uint32_t processes_max = 100;

struct UpFlags {
    ScenarioChoice choice;
    std::string data;
    bool keep = false;
    bool json = false;
    Colour colour = Colour::automatic;
};

/// What the real world cannot do for a scenario; nothing if it can.
std::optional<std::string> unfit(const sim::Scenario& scenario) {
    if (scenario.workload.kind != sim::WorkloadKind::rounds)
        return "its workload is a stream, and nodes carry out rounds";
    if (scenario.network.proof_of_work != ProofOfWork::searched)
        return "its proof of work is sampled, and nodes really search";
    if (scenario.discovery.on) return "its participants find each other";
    if (scenario.attack.kind != sim::AttackKind::none) return "it has an attack";
    if (!scenario.faults.empty() || scenario.chaos.until > Duration{} ||
        scenario.churn.until > Duration{})
        return "it has faults";
    if (scenario.participants > processes_max) {
        return fmt::format("it has {} participants, and each is a process: at most {}",
                           scenario.participants, processes_max);
    }
    return std::nullopt;
}

/// The folder of all nodes. One that nobody named goes with this object, unless it is to stay.
class NodesFolder {
public:
    static Outcome<NodesFolder> make(const std::string& named) {
        if (!named.empty()) return at(named);
        std::string pattern = std::filesystem::temp_directory_path() / "bezant-XXXXXX";
        if (mkdtemp(pattern.data()) == nullptr) return unexpected{cannot_make(pattern)};
        return NodesFolder{pattern, true};
    }
    NodesFolder(NodesFolder&& other) noexcept
        : path_(std::move(other.path_)), goes_(std::exchange(other.goes_, false)) {}
    NodesFolder& operator=(NodesFolder&&) = delete;
    ~NodesFolder() {
        std::error_code ignored;
        if (goes_) std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void keep() { goes_ = false; }

private:
    NodesFolder(std::filesystem::path path, bool goes) : path_(std::move(path)), goes_(goes) {}

    static Failure cannot_make(const std::string& path) {
        return {ExitCode::environment, fmt::format("cannot make the folder {}", path),
                "choose another one with --data"};
    }

    static Outcome<NodesFolder> at(const std::filesystem::path& path) {
        std::error_code error;
        if (std::filesystem::exists(path, error) && !std::filesystem::is_empty(path, error)) {
            return unexpected{Failure{ExitCode::input,
                                      fmt::format("{} is no empty folder", path.string()),
                                      "name one that is empty, or not there yet, with --data"}};
        }
        if (auto made = net::make_private_folder(path); !made)
            return unexpected{cannot_make(path.string())};
        return NodesFolder{std::filesystem::absolute(path), false};
    }

    std::filesystem::path path_;
    bool goes_;
};

/// "0-alice": of letters, digits and hyphens, whatever the label is.
std::string folder_name(std::string_view label) {
    std::string name;
    for (const char letter : label) {
        const auto byte = static_cast<unsigned char>(letter);
        name += std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : '-';
    }
    return name;
}

std::vector<std::string> folder_names(const LoadedScenario& loaded) {
    std::vector<std::string> names;
    const auto labels = report::labels_of(loaded.scenario.participants, loaded.topology.labels);
    for (sim::ParticipantId id = 0; id < loaded.scenario.participants; ++id)
        names.push_back(folder_name(fmt::format("{} {}", id, labels[id])));
    return names;
}

/// The nodes of a scenario, from the first start to the last end.
class Up {
public:
    Up(const UpFlags& flags, LoadedScenario loaded, NodesFolder folder)
        : flags_(flags),
          style_(output_style(flags.colour)),
          loaded_(std::move(loaded)),
          folder_(std::move(folder)) {}

    ExitCode run() {
        loaded_.remarks.emplace_back(
            "each participant is a process on this machine, with keys that nobody else has, and "
            "links are as fast as the machine is");
        const auto started = std::chrono::steady_clock::now();
        auto fleet =
            fleet::Fleet::start(loaded_.scenario, loaded_.topology.graph,
                                {.program = std::filesystem::read_symlink("/proc/self/exe"),
                                 .folder = folder_.path(),
                                 .names = folder_names(loaded_)});
        if (!fleet) return failed(fleet.error());
        const report::People people{(*fleet)->world(), loaded_.topology.labels};
        const auto summary = carry_out(**fleet, people);
        if (!summary) return failed(summary.error());
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - started;
        print(*summary, **fleet, people, wall.count());
        if (flags_.keep) wait_for_interrupt(**fleet, people);
        (*fleet)->stop();
        const bool good = summary->agreement.tips == 1 && summary->ledger.balanced;
        return good ? ExitCode::good : ExitCode::check_failed;
    }

private:
    Result<sim::Summary, fleet::Failure> carry_out(fleet::Fleet& fleet,
                                                   const report::People& people) {
        if (flags_.json) return fleet::run_rounds(fleet, loaded_.topology.graph, {});
        print_opening(style_, loaded_, people.all_numbered());
        report::RoundReport rounds{std::cout, style_, people};
        return fleet::run_rounds(fleet, loaded_.topology.graph, {&rounds});
    }

    void print(const sim::Summary& summary, fleet::Fleet& fleet, const report::People& people,
               double wall_seconds) {
        if (flags_.json) {
            std::cout << report::summary_json(summary, BEZANT_VERSION, wall_seconds) << '\n';
            return;
        }
        report::print_final_report(std::cout, style_, people, fleet.world(), summary);
        std::cout << fmt::format("  took {:.2f} s, with all nodes' starts\n", wall_seconds);
    }

    void wait_for_interrupt(fleet::Fleet& fleet, const report::People& people) {
        folder_.keep();
        std::cout << '\n' << report::heading(style_, "Nodes");
        for (sim::ParticipantId id = 0; id < fleet.world().size(); ++id) {
            const auto& at = fleet.node(id).answers_at();
            std::cout << fmt::format("  {:<10} http://{}:{}/rest/chaininfo.json   --data {}\n",
                                     people.numbered(id), at.host, at.port,
                                     fleet.node(id).folder().string());
        }
        std::cout << report::wrapped(
            style_, "  ",
            fmt::format("They run on. `bezant rpc --data FOLDER help` says what can be asked of "
                        "one; the wallets are unlocked, and their password is {}. Ctrl-C ends all.",
                        fleet::wallet_password));
        std::cout.flush();
        const auto over = fleet.wait_until([] { return false; }, "Ctrl-C", std::nullopt);
        if (over.error().kind != fleet::Failure::Kind::interrupted) print_error(over.error().what);
    }

    ExitCode failed(const fleet::Failure& failure) {
        using enum fleet::Failure::Kind;
        std::cout.flush();
        if (failure.kind == interrupted) {
            print_error("interrupted: all nodes have been ended");
            return ExitCode::environment;
        }
        folder_.keep();
        print_error(failure.what, fmt::format("what the nodes said is in {}, in each one's "
                                              "node.log",
                                              folder_.path().string()));
        return failure.kind == check ? ExitCode::check_failed : ExitCode::environment;
    }

    const UpFlags& flags_;
    report::TextStyle style_;
    LoadedScenario loaded_;
    NodesFolder folder_;
};

ExitCode up(const UpFlags& flags) {
    auto loaded = load_scenario(flags.choice);
    if (!loaded) {
        print_error(loaded.error().what, loaded.error().advice);
        return ExitCode::input;
    }
    const std::string& name = loaded->scenario.name;
    if (const auto why = unfit(loaded->scenario)) {
        print_error(fmt::format("real nodes cannot carry out {}: {}", name, *why),
                    "bezant simulate can");
        return ExitCode::input;
    }
    auto folder = NodesFolder::make(flags.data);
    if (!folder) return print_failure(folder.error());
    return Up{flags, *std::move(loaded), *std::move(folder)}.run();
}

}  // namespace

Command add_up(CLI::App& program) {
    CLI::App* app = program.add_subcommand(
        "up", "Carry out a scenario with real nodes: a process for each participant");
    const auto flags = std::make_shared<UpFlags>();
    add_scenario_flags(*app, flags->choice);
    app->add_option("--data", flags->data,
                    "Where the nodes keep their data, which stay; else they go in the end")
        ->option_text("FOLDER");
    CLI::Option* const keep = app->add_flag(
        "--keep", flags->keep, "Let the nodes run on after the last round, until Ctrl-C");
    app->add_flag("--json", flags->json, "Print the summary as JSON and nothing else")
        ->excludes(keep);
    add_colour_flag(*app, flags->colour);
    app->footer("Example: bezant up --rounds 2");
    return {app, [flags] { return up(*flags); }};
}

}  // namespace bezant::apps
