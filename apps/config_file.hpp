// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/result.hpp"
#include "net/start_error.hpp"

namespace bezant::apps {

/// Whether a file may set this option.
[[nodiscard]] bool may_be_in_config(const CLI::Option* option);

/// Reads flags from a TOML file, a key for each, without the dashes, as if they had been given;
/// what was given counts, and not what the file says of it. A flag that may be repeated takes a
/// list. Anything else in the file is refused, with its line.
[[nodiscard]] Result<void, net::StartError> read_config_file(CLI::App& app,
                                                             const std::string& path);

}  // namespace bezant::apps
