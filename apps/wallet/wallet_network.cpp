// SPDX-License-Identifier: Apache-2.0
#include "apps/wallet/wallet_network.hpp"

#include <fmt/format.h>

#include <array>

#include "base/hex.hpp"
#include "wallet/key_path.hpp"

namespace bezant::apps {

namespace {

constexpr std::array built_in_names{"main", "test", "local", "classroom"};

WalletNetwork built_in(const char* name) {
    const Parameters parameters = built_in_parameters(name).value();
    return {parameters.name, parameters.genesis_hash, parameters.address_prefix};
}

}  // namespace

void add_network_flags(CLI::App& app, NetworkFlags& flags) {
    app.add_option("--network", flags.name, "Its network: main, test, local or classroom")
        ->capture_default_str()
        ->check(CLI::IsMember({"main", "test", "local", "classroom"}));
    app.add_option("--genesis", flags.genesis,
                   "Hash of the genesis block, if the network has another than the built-in one");
}

Outcome<WalletNetwork> network_of(const NetworkFlags& flags) {
    WalletNetwork network = built_in(flags.name.c_str());
    if (flags.genesis.empty()) return network;
    const auto genesis = fixed_from_hex_reversed<BlockHash>(flags.genesis);
    if (!genesis) {
        return unexpected{Failure{ExitCode::usage, "--genesis: this is no hash of a block",
                                  "write 64 hexadecimal digits, as 'bezant verify' prints them"}};
    }
    network.genesis = *genesis;
    if (network.genesis != built_in(flags.name.c_str()).genesis)
        network.name = fmt::format("like {}, with genesis {}", flags.name, flags.genesis);
    return network;
}

WalletNetwork network_of(const wallet::WalletFile& file) {
    std::string prefix;
    for (const char* name : built_in_names) {
        WalletNetwork network = built_in(name);
        if (network.genesis == file.genesis) return network;
        if (wallet::coin_type_of(network.address_prefix) == file.account.coin_type)
            prefix = network.address_prefix;
    }
    return {fmt::format("with genesis {}", to_hex_reversed(file.genesis.view())), file.genesis,
            prefix};
}

std::vector<WalletNetwork> networks_with_prefix(std::string_view prefix) {
    std::vector<WalletNetwork> networks;
    for (const char* name : built_in_names) {
        WalletNetwork network = built_in(name);
        if (network.address_prefix == prefix) networks.push_back(std::move(network));
    }
    return networks;
}

}  // namespace bezant::apps
