// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "apps/command.hpp"
#include "apps/usage_error.hpp"

namespace bezant::apps {

namespace {

constexpr const char* footer =
    "Exit codes: 0 good, 1 a check failed, 2 usage, 3 input, 4 environment.\n"
    "Try: bezant simulate";

ExitCode run_program(int argc, char** argv) {
    CLI::App program{"Bezant: a distributed cryptocurrency, in simulation and in earnest",
                     "bezant"};
    program.set_version_flag("--version", std::string{"bezant "} + BEZANT_VERSION);
    program.require_subcommand(1);
    program.footer(footer);
    const std::array commands{add_simulate(program), add_sweep(program),  add_verify(program),
                              add_up(program),       add_node(program),   add_replay(program),
                              add_rpc(program),      add_wallet(program), add_completions(program),
                              add_manual(program),   add_config(program), add_bench(program)};
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {  // --help, --version
            program.exit(error);
            return ExitCode::good;
        }
        print_usage_error(program, error, std::vector<std::string>{argv + 1, argv + argc});
        return ExitCode::usage;
    }
    for (const Command& command : commands) {
        if (command.app->parsed()) return command.run();
    }
    return ExitCode::usage;
}

}  // namespace

void print_error(std::string_view what, std::string_view advice) {
    std::fflush(stdout);
    fmt::print(stderr, "bezant: error: {}\n", what);
    if (!advice.empty()) fmt::print(stderr, "  {}\n", advice);
}

}  // namespace bezant::apps

int main(int argc, char** argv) {
    try {
        return static_cast<int>(bezant::apps::run_program(argc, argv));
    } catch (const std::exception& error) {  // of the libraries: no memory, no such locale
        bezant::apps::print_error(error.what());
        return static_cast<int>(bezant::apps::ExitCode::environment);
    }
}
