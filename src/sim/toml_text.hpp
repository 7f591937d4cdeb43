// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/scenario_file.hpp"

namespace bezant::sim {

/// Parses a text, of at most a megabyte. `source` is what errors call it: a file's name.
[[nodiscard]] Result<toml::table, ScenarioError> table_from_toml(std::string_view text,
                                                                 std::string_view source);

/// "FILE:LINE", or the source alone if the node was made without a text.
[[nodiscard]] std::string place_of(const toml::node& node, std::string_view source);

}  // namespace bezant::sim
