// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>

namespace bezant::apps {

/// Says what is wrong with a command line, and what the user may have meant. `words` are those
/// after the program's name.
void print_usage_error(const CLI::App& program, const CLI::ParseError& error,
                       std::span<const std::string> words);

}  // namespace bezant::apps
