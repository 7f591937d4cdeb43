// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "apps/command.hpp"

namespace bezant::apps {

// The subcommands of `bezant wallet`, by what they do; each is added to that command.

/// A new wallet, and one from its words.
[[nodiscard]] Command add_wallet_create(CLI::App& wallet);
[[nodiscard]] Command add_wallet_restore(CLI::App& wallet);

/// What needs no secret.
[[nodiscard]] Command add_wallet_show(CLI::App& wallet);
[[nodiscard]] Command add_wallet_address(CLI::App& wallet);
[[nodiscard]] Command add_wallet_export(CLI::App& wallet);

/// What the secret is for.
[[nodiscard]] Command add_wallet_sign(CLI::App& wallet);
[[nodiscard]] Command add_wallet_sign_message(CLI::App& wallet);
[[nodiscard]] Command add_wallet_verify_message(CLI::App& wallet);

/// What a running node does with its wallet.
[[nodiscard]] Command add_wallet_balance(CLI::App& wallet);
[[nodiscard]] Command add_wallet_send(CLI::App& wallet);
[[nodiscard]] Command add_wallet_history(CLI::App& wallet);

}  // namespace bezant::apps
