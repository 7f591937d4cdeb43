// SPDX-License-Identifier: Apache-2.0
#include "fleet/preparation.hpp"

#include <fmt/format.h>

#include "base/check.hpp"
#include "ledger/ledger_file.hpp"
#include "net/entropy.hpp"
#include "net/key_file.hpp"
#include "net/private_file.hpp"
#include "sim/network_parameters.hpp"
#include "wallet/wallet_file.hpp"

namespace bezant::fleet {

namespace {

constexpr std::size_t entropy_bytes = 16;

/// The password is no secret, so it need not be costly to try.
SealLock quick_lock() {
    return {.cost = seal_cost_min,
            .salt = net::random_bytes<SealSalt>(),
            .nonce = net::random_bytes<SealNonce>()};
}

struct NewWallet {
    wallet::WalletSecret secret;
    wallet::Keyring keyring;
};

NewWallet new_wallet(std::string_view address_prefix) {
    SecretBuffer entropy(entropy_bytes);
    net::fill_with_entropy(entropy);
    wallet::WalletSecret secret{std::move(entropy), {}};
    wallet::Keyring keyring{{.coin_type = wallet::coin_type_of(address_prefix), .account = 0}};
    CHECK(keyring.unlock(secret.seed()), "a keyring without keys takes any seed");
    return {std::move(secret), std::move(keyring)};
}

PublicKeyHash first_owner(const wallet::Keyring& keyring) {
    return public_key_hash(
        keyring.public_key({.branch = wallet::KeyBranch::receiving, .index = 0}));
}

Result<Member, std::string> make_member(const std::filesystem::path& folder,
                                        const wallet::Keyring& keyring) {
    if (auto made = net::make_private_folder(folder); !made) return unexpected{made.error().what};
    const auto miner = net::load_or_make_key(folder / "miner.key");
    if (!miner) return unexpected{miner.error().what};
    return Member{.folder = folder,
                  .wallet = folder / "wallet.bzw",
                  .miner = public_key_hash(SigningKey::from_seed(*miner).public_key()),
                  .owner = first_owner(keyring)};
}

Result<void, std::string> write(const std::filesystem::path& path, const Bytes& bytes) {
    if (auto written = net::write_private_file(path, bytes, net::Existing::keep); !written)
        return unexpected{written.error().what};
    return {};
}

Result<void, std::string> write_wallet(const std::filesystem::path& path, const NewWallet& wallet,
                                       const BlockHash& genesis) {
    const auto file = wallet::make_wallet_file(genesis, wallet.keyring, wallet.secret,
                                               wallet_password, quick_lock());
    if (!file) return unexpected{std::string{wallet::to_text(file.error())}};
    return write(path, encoded(*file));
}

/// A ledger of no blocks but genesis.
Result<void, std::string> write_network(const std::filesystem::path& path,
                                        const Parameters& parameters) {
    Bytes bytes;
    LedgerWriter writer{
        parameters, 0, [&](ByteView part) { bytes.insert(bytes.end(), part.begin(), part.end()); }};
    writer.finish();
    return write(path, bytes);
}

}  // namespace

Result<Preparation, std::string> prepare(const sim::Scenario& scenario,
                                         std::span<const std::string> names,
                                         const std::filesystem::path& folder,
                                         std::span<const Output> others) {
    const std::string prefix = built_in_parameters(scenario.network.rules)->address_prefix;
    Preparation preparation;
    std::vector<NewWallet> wallets;
    std::vector<PublicKeyHash> owners;
    for (const std::string& name : names) {
        wallets.push_back(new_wallet(prefix));
        auto member = make_member(folder / name, wallets.back().keyring);
        if (!member) return unexpected{member.error()};
        owners.push_back(member->owner);
        preparation.members.push_back(*std::move(member));
    }
    preparation.parameters = sim::network_parameters(scenario.network, owners, others);
    preparation.network = folder / "network.bzt";
    if (auto written = write_network(preparation.network, preparation.parameters); !written)
        return unexpected{written.error()};
    for (std::size_t i = 0; i < wallets.size(); ++i) {
        if (auto written = write_wallet(preparation.members[i].wallet, wallets[i],
                                        preparation.parameters.genesis_hash);
            !written)
            return unexpected{written.error()};
    }
    return preparation;
}

}  // namespace bezant::fleet
