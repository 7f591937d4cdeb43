// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "apps/failure.hpp"
#include "ledger/parameters.hpp"
#include "wallet/wallet_file.hpp"

namespace bezant::apps {

/// What of a network matters to keys and signatures.
struct WalletNetwork {
    std::string name;
    BlockHash genesis;
    std::string address_prefix;
};

/// The flags by which a network is chosen.
struct NetworkFlags {
    std::string name = "main";
    std::string genesis;  ///< hexadecimal, as it is shown; of a network that is not built in
};
void add_network_flags(CLI::App& app, NetworkFlags& flags);

/// The network that the flags name: a built-in one, or one like it with another genesis block.
[[nodiscard]] Outcome<WalletNetwork> network_of(const NetworkFlags& flags);

/// The network of a wallet's file or of a payment's; what is not built in has the prefix that goes
/// with the coin type.
[[nodiscard]] WalletNetwork network_of(const wallet::WalletFile& file);

/// The built-in networks whose addresses begin so.
[[nodiscard]] std::vector<WalletNetwork> networks_with_prefix(std::string_view prefix);

}  // namespace bezant::apps
