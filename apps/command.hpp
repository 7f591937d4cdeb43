// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "apps/exit_code.hpp"

namespace bezant::apps {

/// What a subcommand came to when the command line was good.
using Action = std::function<ExitCode()>;

/// Adds a subcommand's flags to the program, and gives back what to run if it is the one called.
/// Options are kept alive by the action.
struct Command {
    CLI::App* app = nullptr;
    Action run;
};

[[nodiscard]] Command add_simulate(CLI::App& program);
[[nodiscard]] Command add_sweep(CLI::App& program);
[[nodiscard]] Command add_bench(CLI::App& program);
[[nodiscard]] Command add_verify(CLI::App& program);
[[nodiscard]] Command add_up(CLI::App& program);
[[nodiscard]] Command add_node(CLI::App& program);
[[nodiscard]] Command add_wallet(CLI::App& program);
[[nodiscard]] Command add_replay(CLI::App& program);
[[nodiscard]] Command add_rpc(CLI::App& program);
/// These print texts about the program itself, which must outlive them.
[[nodiscard]] Command add_manual(CLI::App& program);
[[nodiscard]] Command add_completions(CLI::App& program);
[[nodiscard]] Command add_config(CLI::App& program);

/// Prints "bezant: error: WHAT" and, on lines of their own, where and what to do.
void print_error(std::string_view what, std::string_view advice = {});

}  // namespace bezant::apps
