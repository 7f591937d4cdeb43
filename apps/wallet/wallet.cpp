// SPDX-License-Identifier: Apache-2.0
// `bezant wallet`: a person's keys in a file, and what they have on a running node.
#include <array>

#include "apps/core_files.hpp"
#include "apps/wallet/wallet_commands.hpp"

namespace bezant::apps {

Command add_wallet(CLI::App& program) {
    CLI::App* app = program.add_subcommand("wallet", "Keep keys in a file, sign, and pay");
    app->require_subcommand(1);
    app->footer(
        "Example: bezant wallet create my.bzw --network local\n"
        "balance, send and history ask a running node (bezant node --wallet FILE). None of the\n"
        "others needs a node, or a network: they work on a machine that is never on one.");
    const std::array commands{
        add_wallet_create(*app),       add_wallet_restore(*app),       add_wallet_show(*app),
        add_wallet_address(*app),      add_wallet_balance(*app),       add_wallet_send(*app),
        add_wallet_history(*app),      add_wallet_export(*app),        add_wallet_sign(*app),
        add_wallet_sign_message(*app), add_wallet_verify_message(*app)};
    return {app, [commands] {
                if (const auto forbidden = forbid_core_files(); !forbidden)
                    return print_failure(forbidden.error());
                for (const Command& command : commands)
                    if (command.app->parsed()) return command.run();
                return ExitCode::usage;
            }};
}

}  // namespace bezant::apps
