// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// A key of a scenario, how its value gets into one, and how one has it by default.
struct KeyEntry {
    std::string_view path;  ///< "link.latency_min"; keys of a fault have none of its prefix
    std::string type;
    std::string_view meaning;
    std::string default_text;
    /// Puts the value in, or says what to write instead.
    std::function<Result<void, std::string>(Scenario&, const toml::node&)> read;
};

/// All keys but those of faults, in the order of the documentation.
[[nodiscard]] const std::vector<KeyEntry>& key_entries();

/// One key of a [[fault]] table.
struct FaultKeyEntry {
    std::string_view path;
    std::string type;
    std::string_view meaning;
    std::function<Result<void, std::string>(Fault&, const toml::node&)> read;
};
[[nodiscard]] const std::vector<FaultKeyEntry>& fault_key_entries();

}  // namespace bezant::sim
