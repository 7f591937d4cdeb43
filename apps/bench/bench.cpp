// SPDX-License-Identifier: Apache-2.0
// `bezant bench`: how fast the simulator is, and how true.
#include <array>

#include "apps/bench/bench_commands.hpp"

namespace bezant::apps {

Command add_bench(CLI::App& program) {
    CLI::App* app =
        program.add_subcommand("bench", "Measure how fast the simulator is, and how true");
    app->require_subcommand(1);
    app->footer("Example: bezant bench sim --only relay-600");
    const std::array commands{add_bench_sim(*app), add_bench_fidelity(*app)};
    return {app, [commands] {
                for (const Command& command : commands)
                    if (command.app->parsed()) return command.run();
                return ExitCode::usage;
            }};
}

}  // namespace bezant::apps
