// SPDX-License-Identifier: Apache-2.0
// `bezant bench`: how fast the simulator is.
#include <array>

#include "apps/bench/bench_commands.hpp"

namespace bezant::apps {

Command add_bench(CLI::App& program) {
    CLI::App* app = program.add_subcommand("bench", "Measure how fast the simulator is");
    app->require_subcommand(1);
    app->footer("Example: bezant bench sim --only relay-600");
    const std::array commands{add_bench_sim(*app)};
    return {app, [commands] {
                for (const Command& command : commands)
                    if (command.app->parsed()) return command.run();
                return ExitCode::usage;
            }};
}

}  // namespace bezant::apps
