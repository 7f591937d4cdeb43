// SPDX-License-Identifier: Apache-2.0
#include "apps/scenario_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "apps/files.hpp"
#include "base/random.hpp"
#include "base/suggestion.hpp"
#include "sim/scenario_file.hpp"
#include "sim/topology/edge_list.hpp"
#include "sim/topology/region_model.hpp"
#include "sim/topology/topology_spec.hpp"
#include "sim/topology/topology_text.hpp"

namespace bezant::apps {

namespace {

constexpr std::size_t scenario_bytes_max = 1'000'000;
constexpr std::string_view stand_in_topology = "barabasi-albert:2";

std::string text_of(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

LoadError as_error(const sim::ScenarioError& error) {
    return {fmt::format("{}: {}", error.where, error.what), error.advice};
}

bool is_scenario(const sim::BuiltInFile& file) {
    return file.name.ends_with(".toml") && file.text.find("[workload]") != file.text.npos;
}

LoadError no_such_scenario(const std::string& name) {
    std::vector<std::string> names;
    for (const sim::BuiltInFile& file : sim::built_in_files()) {
        if (is_scenario(file)) names.emplace_back(file.name.substr(0, file.name.size() - 5));
    }
    const std::vector<std::string_view> candidates{names.begin(), names.end()};
    std::string advice = "built in are:";
    for (const std::string& known : names) advice += " " + known;
    if (const auto near = nearest(name, candidates)) {
        advice = fmt::format("did you mean {}?", *near);
    }
    return {fmt::format("there is no scenario or file '{}'", name), advice};
}

/// The text of a scenario, the folder that its files are seen from, and what errors call it.
struct Source {
    std::string text;
    std::filesystem::path folder;
    std::string name;
};

Result<Source, LoadError> read_source(const std::string& name) {
    if (const auto text = sim::built_in_file(name + ".toml")) {
        return Source{std::string{*text}, {}, name + ".toml"};
    }
    if (!std::filesystem::exists(name)) return unexpected(no_such_scenario(name));
    const auto bytes = read_file(name, scenario_bytes_max);
    if (!bytes) return unexpected(LoadError{bytes.error().what, "is it a scenario?"});
    return Source{text_of(*bytes), std::filesystem::path{name}.parent_path(), name};
}

/// A key that the command line sets, and how that was written.
struct Setting {
    std::string key;
    std::string value;
    std::string written;  ///< "--seed 7"
};
using Settings = std::vector<Setting>;

/// All that the command line sets, in the order in which it counts.
Result<Settings, LoadError> settings_of(const ScenarioChoice& choice) {
    Settings settings;
    const auto flag = [&](std::string_view name, std::string_view key, const auto& value) {
        if (value)
            settings.push_back({std::string{key}, *value, fmt::format("--{} {}", name, *value)});
    };
    flag("seed", "seed", choice.seed);
    flag("participants", "participants", choice.participants);
    flag("rounds", "workload.rounds", choice.rounds);
    flag("pow", "network.proof_of_work", choice.proof_of_work);
    flag("attack", "attack.kind", choice.attack);
    for (const std::string& setting : choice.settings) {
        const std::size_t sign = setting.find('=');
        if (sign == std::string::npos) {
            return unexpected(LoadError{fmt::format("--set {}: this is not KEY=VALUE", setting),
                                        "write for example --set link.loss=0.01"});
        }
        settings.push_back({setting.substr(0, sign), setting.substr(sign + 1), "--set " + setting});
    }
    return settings;
}

Result<void, LoadError> apply(sim::Scenario& scenario, const Settings& settings) {
    for (const Setting& setting : settings) {
        const auto done =
            sim::set_scenario_key(scenario, setting.key, setting.value, setting.written);
        if (!done) return unexpected(as_error(done.error()));
    }
    return {};
}

/// What is wrong with the whole, with the flag or the line of the file that says so.
LoadError as_error(const sim::ScenarioError& error, const Source& source,
                   const Settings& settings) {
    const auto set =
        std::ranges::find(settings.rbegin(), settings.rend(), error.key, &Setting::key);
    std::string where = source.name;
    if (set != settings.rend()) {
        where = set->written;
    } else if (const auto line = sim::line_of_key(source.text, error.key)) {
        where += fmt::format(":{}", *line);
    }
    return {fmt::format("{}: {}: {}", where, error.key, error.what), error.advice};
}

/// Which network: the flag's, or the scenario's; and if the number of participants was changed, but
/// not the file that has them all, one made for that number.
void choose_topology(sim::Scenario& scenario, const ScenarioChoice& choice,
                     std::vector<std::string>& remarks) {
    if (choice.topology) {
        const bool is_generator =
            !choice.topology->empty() && sim::names_generator(*choice.topology);
        scenario.topology.generator = is_generator ? *choice.topology : "";
        scenario.topology.file = is_generator ? "" : *choice.topology;
    } else if (choice.participants && !scenario.topology.file.empty()) {
        remarks.push_back(
            fmt::format("the scenario's network, {}, is not for {} participants: using {}",
                        scenario.topology.file, *choice.participants, stand_in_topology));
        scenario.topology.generator = stand_in_topology;
        scenario.topology.file.clear();
    }
}

/// The text of a file that a scenario names, or of one that is built in.
Result<std::string, LoadError> named_text(const std::string& name,
                                          const std::filesystem::path& folder,
                                          const std::string& what) {
    const auto path = folder / name;
    if (std::filesystem::exists(path)) {
        const auto bytes = read_file(path, sim::edge_list_bytes_max);
        if (!bytes)
            return unexpected(LoadError{bytes.error().what, fmt::format("is it a {} file?", what)});
        return text_of(*bytes);
    }
    if (const auto text = sim::built_in_file(name)) return std::string{*text};
    std::string advice = "give the name of a file";
    if (what == "network") {
        advice = "give a file, or one of the generators:";
        for (const auto& help : sim::generator_help()) advice += fmt::format(" {}", help.example);
    }
    return unexpected(
        LoadError{fmt::format("there is no {} file '{}'", what, path.string()), advice});
}

bool needs_regions(const sim::Scenario& scenario) {
    return scenario.model == sim::Model::relay || scenario.topology.generator == "geographic";
}

Result<sim::RegionModel, LoadError> read_regions(const sim::Scenario& scenario,
                                                 const Source& source, Sha256& texts) {
    const std::string& name = scenario.topology.regions;
    const auto text = named_text(name, source.folder, "regions");
    if (!text) return unexpected(text.error());
    texts.update(as_bytes(*text));
    auto read = sim::regions_from_toml(*text);
    if (!read) return unexpected(LoadError{sim::describe(read.error(), name), {}});
    return *std::move(read);
}

Result<sim::Topology, LoadError> generated(const sim::Scenario& scenario,
                                           const std::optional<sim::RegionModel>& regions) {
    Random random = Random{scenario.seed}.stream("topology");
    auto made = sim::topology_from_spec(scenario.topology.generator, scenario.participants, random,
                                        regions ? &*regions : nullptr);
    if (!made) return unexpected(LoadError{sim::describe(made.error(), "topology"), {}});
    return *std::move(made);
}

Result<sim::Topology, LoadError> from_file(const sim::Scenario& scenario, const Source& source,
                                           bool named_by_flag, Sha256& texts) {
    const std::string& name = scenario.topology.file;
    const auto text =
        named_text(name, named_by_flag ? std::filesystem::path{} : source.folder, "network");
    if (!text) return unexpected(text.error());
    texts.update(as_bytes(*text));
    auto read = sim::topology_from_text(*text);
    if (!read) return unexpected(LoadError{sim::describe(read.error(), name), {}});
    return *std::move(read);
}

/// Whether the scenario fits its network. A network given by flag says how many take part.
Result<void, sim::ScenarioError> check_network(sim::Scenario& scenario,
                                               const sim::Topology& topology,
                                               const ScenarioChoice& choice) {
    const std::uint32_t nodes = topology.graph.node_count();
    if (choice.topology && !choice.participants) scenario.participants = nodes;
    if (nodes != scenario.participants) {
        return unexpected(sim::ScenarioError{
            .where = {},
            .what = fmt::format("the network has {} participants, the scenario {}", nodes,
                                scenario.participants),
            .advice = "change --participants or --topology",
            .key = "participants"});
    }
    for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
        const sim::Fault& fault = scenario.faults[i];
        if (!fault.neighbour || fault.participants.empty()) continue;
        const auto [one, other] = std::pair{fault.participants.front(), *fault.neighbour};
        if (one >= nodes || other >= nodes || topology.graph.has_edge(one, other)) continue;
        return unexpected(sim::ScenarioError{
            .where = {},
            .what = fmt::format("there is no link between participants {} and {}", one, other),
            .advice = "name two neighbours",
            .key = fmt::format("fault[{}].neighbour", i)});
    }
    return {};
}

/// A description is of the scenario as it is written.
void drop_description(sim::Scenario& scenario, const ScenarioChoice& choice) {
    const bool is_bent =
        choice.participants || choice.topology || choice.rounds || !choice.settings.empty();
    if (is_bent) scenario.description.clear();
}

}  // namespace

Result<LoadedScenario, LoadError> load_scenario(const ScenarioChoice& choice) {
    const auto source = read_source(choice.scenario);
    if (!source) return unexpected(source.error());
    const auto read = sim::scenario_from_toml(source->text, source->name);
    if (!read) return unexpected(as_error(read.error()));
    const auto settings = settings_of(choice);
    if (!settings) return unexpected(settings.error());
    Sha256 texts;
    texts.update(as_bytes(source->text));
    LoadedScenario loaded{*read, {}, {}, {}, {}};
    sim::Scenario& scenario = loaded.scenario;
    if (auto done = apply(scenario, *settings); !done) return unexpected(done.error());
    drop_description(scenario, choice);
    choose_topology(scenario, choice, loaded.remarks);
    const auto wrong = [&](const sim::ScenarioError& error) {
        return unexpected(as_error(error, *source, *settings));
    };
    if (auto sound = sim::check_topology_settings(scenario); !sound) return wrong(sound.error());
    if (needs_regions(scenario)) {
        auto regions = read_regions(scenario, *source, texts);
        if (!regions) return unexpected(regions.error());
        loaded.regions = *std::move(regions);
    }
    auto topology = scenario.topology.generator.empty()
                        ? from_file(scenario, *source, choice.topology.has_value(), texts)
                        : generated(scenario, loaded.regions);
    if (!topology) return unexpected(topology.error());
    loaded.topology = *std::move(topology);
    if (auto sound = check_network(scenario, loaded.topology, choice); !sound)
        return wrong(sound.error());
    if (auto sound = sim::check_scenario(scenario); !sound) return wrong(sound.error());
    loaded.source = texts.finish();
    return loaded;
}

}  // namespace bezant::apps
