// SPDX-License-Identifier: Apache-2.0
#include "apps/sweep_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "apps/files.hpp"
#include "apps/scenario_source.hpp"
#include "base/suggestion.hpp"
#include "sim/scenario_file.hpp"
#include "sweep/plan_file.hpp"

namespace bezant::apps {

namespace {

constexpr std::size_t plan_bytes_max = 1'000'000;
constexpr std::string_view plan_ending = ".sweep.toml";

Failure input_failure(std::string what, std::string advice) {
    return {ExitCode::input, std::move(what), std::move(advice)};
}

Failure as_failure(const sim::ScenarioError& error) {
    return input_failure(fmt::format("{}: {}", error.where, error.what), error.advice);
}

Failure no_such_plan(const std::string& name) {
    const auto plans = built_in_plans();
    std::vector<std::string_view> candidates;
    std::string advice = "built in are:";
    for (const PlanHelp& plan : plans) {
        candidates.emplace_back(plan.name);
        advice += " " + plan.name;
    }
    if (const auto near = nearest(name, candidates))
        advice = fmt::format("did you mean {}?", *near);
    return input_failure(fmt::format("there is no plan or file '{}'", name), advice);
}

struct PlanText {
    std::string text;
    std::string name;  ///< what errors call it
    std::filesystem::path folder;
};

Outcome<PlanText> read_plan(const std::string& name) {
    const std::string built_in = name + std::string{plan_ending};
    if (const auto text = sim::built_in_file(built_in))
        return PlanText{std::string{*text}, built_in, {}};
    if (!std::filesystem::exists(name)) return unexpected(no_such_plan(name));
    const auto bytes = read_file(name, plan_bytes_max);
    if (!bytes) return unexpected(input_failure(bytes.error().what, "is it a plan?"));
    return PlanText{
        {bytes->begin(), bytes->end()}, name, std::filesystem::path{name}.parent_path()};
}

/// A built-in scenario has its name, a file is seen from the plan's folder.
std::string scenario_of(const sweep::Plan& plan, const std::filesystem::path& folder) {
    if (sim::built_in_file(plan.scenario + ".toml")) return plan.scenario;
    return (folder / plan.scenario).string();
}

sweep::Preparation preparation(const std::filesystem::path& folder) {
    return [folder](const sweep::Plan& plan, std::uint32_t cell,
                    std::int64_t seed) -> Result<sweep::PreparedRun, sweep::Failure> {
        ScenarioChoice choice;
        choice.scenario = scenario_of(plan, folder);
        choice.seed = std::to_string(seed);
        for (const auto& [key, value] : plan.settings_of(cell))
            choice.settings.push_back(fmt::format("{}={}", key, value));
        auto loaded = load_scenario(choice);
        if (!loaded) return unexpected(sweep::Failure{loaded.error().what, loaded.error().advice});
        return sweep::PreparedRun{std::move(loaded->scenario), std::move(loaded->topology),
                                  std::move(loaded->regions), loaded->source};
    };
}

}  // namespace

std::vector<PlanHelp> built_in_plans() {
    std::vector<PlanHelp> plans;
    for (const sim::BuiltInFile& file : sim::built_in_files()) {
        if (!file.name.ends_with(plan_ending)) continue;
        const auto plan = sweep::plan_from_toml(file.text, file.name);
        if (plan) plans.push_back({plan_name(std::string{file.name}), plan->description});
    }
    return plans;
}

std::string plan_name(const std::string& file) {
    std::filesystem::path name = std::filesystem::path{file}.filename();
    if (name.extension() == ".toml") name = name.stem();
    if (name.extension() == ".sweep") name = name.stem();
    return name.string();
}

Outcome<sweep::Task> load_sweep(const SweepChoice& choice) {
    const auto source = read_plan(choice.file);
    if (!source) return unexpected(source.error());
    auto plan = sweep::plan_from_toml(source->text, source->name,
                                      {.seeds = choice.seeds, .settings = choice.settings});
    if (!plan) return unexpected(as_failure(plan.error()));
    return sweep::Task{.plan = *std::move(plan),
                       .prepare = preparation(source->folder),
                       .folder = {},
                       .version = {},
                       .threads = 1,
                       .report = {}};
}

}  // namespace bezant::apps
