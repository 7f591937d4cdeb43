// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/scenario_file.hpp"
#include "sweep/plan.hpp"

namespace bezant::sweep {

/// A node of a plan that is about one key of the scenario.
struct KeyNode {
    std::string key;  ///< "link.latency_max"
    const toml::node* node = nullptr;
};

/// The keys below this table, whether they are written in quotes or as tables of tables, in the
/// order of the text. A table with a key "from" is a value: a range.
[[nodiscard]] std::vector<KeyNode> keys_below(const toml::table& table);

/// A key and the values that it takes.
struct Axis {
    std::string key;
    std::vector<KeyValue> values;
};

/// Values as they are written for one key of the scenario: a list, or a range.
[[nodiscard]] Result<Axis, sim::ScenarioError> axis_of(const KeyNode& node,
                                                       std::string_view source);

/// The values of a key in the points of a Latin hypercube.
[[nodiscard]] Result<Axis, sim::ScenarioError> stratified_axis_of(const KeyNode& node,
                                                                  std::uint32_t samples,
                                                                  std::uint64_t seed,
                                                                  std::string_view source);

/// A value for one key of the scenario.
[[nodiscard]] Result<Setting, sim::ScenarioError> setting_of(const KeyNode& node,
                                                             std::string_view source);

}  // namespace bezant::sweep
