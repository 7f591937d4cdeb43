// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// What is wrong with a scenario, where, and what to do about it.
struct ScenarioError {
    std::string where;   ///< "classroom.toml:12", or "--set link.loss"
    std::string what;    ///< "unknown key 'link.latencey_min'"
    std::string advice;  ///< "did you mean 'link.latency_min'?"
    std::string key;     ///< of check_scenario: the key at fault, "fault[1].participants"
};
[[nodiscard]] std::string to_text(const ScenarioError& error);

/// One key that a scenario may have, as docs/scenarios.md lists it.
struct ScenarioKey {
    std::string_view path;     ///< "link.latency_min"
    std::string type;          ///< "duration", "amount in BZT", "whole number", …
    std::string_view meaning;  ///< a sentence
    std::string default_text;  ///< as one would write it
};

/// All keys, in the order of the documentation.
[[nodiscard]] std::span<const ScenarioKey> scenario_keys();

/// Reads a scenario. `source` is what errors call the text: a file's name.
[[nodiscard]] Result<Scenario, ScenarioError> scenario_from_toml(std::string_view text,
                                                                 std::string_view source);

/// Changes one key of a scenario, as `--set KEY=VALUE` does; the value is written as in TOML, where
/// quotes may be left off. `source` is what errors call it; left out, it is "--set KEY=VALUE".
[[nodiscard]] Result<void, ScenarioError> set_scenario_key(Scenario& scenario, std::string_view key,
                                                           std::string_view value,
                                                           std::string_view source = {});

/// The line of a scenario's text in which a key has its value; nothing if it is not there.
[[nodiscard]] std::optional<std::size_t> line_of_key(std::string_view text, std::string_view key);

/// Whether the scenario as a whole can be run (what no single key can say: a victim that is there,
/// a maximum above its minimum, shares that add up …).
[[nodiscard]] Result<void, ScenarioError> check_scenario(const Scenario& scenario);

/// The part of it that must hold before a network can be made or read.
[[nodiscard]] Result<void, ScenarioError> check_topology_settings(const Scenario& scenario);

/// A file that is part of the program: "classroom.toml", "ten_participants.edges".
struct BuiltInFile {
    std::string_view name;
    std::string_view text;
};
[[nodiscard]] std::span<const BuiltInFile> built_in_files();

/// Text of the built-in file of this name, or nothing.
[[nodiscard]] std::optional<std::string_view> built_in_file(std::string_view name);

}  // namespace bezant::sim
