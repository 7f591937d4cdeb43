// SPDX-License-Identifier: Apache-2.0
// `bezant wallet show`, `address` and `export`: what needs no secret.
#include <fmt/format.h>

#include <memory>

#include "apps/wallet/wallet_access.hpp"
#include "apps/wallet/wallet_commands.hpp"
#include "apps/wallet/wallet_network.hpp"
#include "ledger/address.hpp"

namespace bezant::apps {

namespace {

std::string address_at(const wallet::Keyring& keyring, const wallet::KeyPath& path,
                       const WalletNetwork& network) {
    return address_of(public_key_hash(keyring.public_key(path)), network.address_prefix);
}

Outcome<void> show(const std::string& path) {
    const auto file = read_wallet(path);
    if (!file) return unexpected{file.error()};
    const auto line = [](std::string_view label, const std::string& text) {
        fmt::print("  {:<14}{}\n", label, text);
    };
    line("network", network_of(*file).name);
    line("account",
         fmt::format("{} (coin type {})", file->account.account, file->account.coin_type));
    line("secret", file->secret ? "locked up by a password" : "none: this wallet only watches");
    for (const wallet::KeyBranch branch : wallet::key_branches) {
        const wallet::BranchKeys& keys = file->keys[static_cast<std::size_t>(branch)];
        line(branch == wallet::KeyBranch::receiving ? "receiving" : "change",
             fmt::format("{} keys, {} given away, {} used", keys.keys.size(), keys.issued,
                         keys.used));
    }
    line("gap limit", std::to_string(file->gap_limit));
    return {};
}

Outcome<void> list_addresses(const wallet::WalletFile& file) {
    const WalletNetwork network = network_of(file);
    const wallet::Keyring keyring = file.keyring();
    const wallet::BranchKeys& keys = file.keys.front();
    for (std::uint32_t i = 0; i < std::max(keys.issued, keys.used); ++i)
        fmt::print("{:>5}  {}\n", i,
                   address_at(keyring, {wallet::KeyBranch::receiving, i}, network));
    return {};
}

Outcome<void> issue_address(const std::string& path, bool list) {
    auto file = read_wallet(path);
    if (!file) return unexpected{file.error()};
    if (list) return list_addresses(*file);
    wallet::Keyring keyring = file->keyring();
    const auto issued = keyring.issue(wallet::KeyBranch::receiving);
    if (!issued) {
        return unexpected{Failure{ExitCode::input, std::string{wallet::to_text(issued.error())},
                                  "'bezant wallet address --list' shows those given away"}};
    }
    file->keys = keyring.keys();
    // It is given away only once the file says so: nobody gets the same one twice.
    if (auto written = write_wallet(path, *file, net::Existing::replace); !written) return written;
    fmt::print("{}\n", address_at(keyring, *issued, network_of(*file)));
    return {};
}

Outcome<void> export_watching(const std::string& path, const std::string& out) {
    const auto file = read_wallet(path);
    if (!file) return unexpected{file.error()};
    auto written = write_wallet(out, wallet::watch_only(*file), net::Existing::keep);
    if (written) fmt::print("{}: watches for the coins of {}, and cannot spend them\n", out, path);
    return written;
}

std::shared_ptr<std::string> add_file(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    app.add_option("file", *path, "The wallet file (.bzw)")->required();
    return path;
}

}  // namespace

Command add_wallet_show(CLI::App& wallet) {
    CLI::App* app = wallet.add_subcommand("show", "Show what can be seen without the password");
    const auto path = add_file(*app);
    app->footer("Example: bezant wallet show my.bzw");
    return {app, [path] { return exit_code_of(show(*path)); }};
}

Command add_wallet_address(CLI::App& wallet) {
    CLI::App* app = wallet.add_subcommand("address", "Give away the next address");
    const auto path = add_file(*app);
    const auto list = std::make_shared<bool>(false);
    app->add_flag("--list", *list, "List those given away instead");
    app->footer("Example: bezant wallet address my.bzw");
    return {app, [path, list] { return exit_code_of(issue_address(*path, *list)); }};
}

Command add_wallet_export(CLI::App& wallet) {
    CLI::App* app =
        wallet.add_subcommand("export", "Write a wallet that watches, and cannot spend");
    const auto path = add_file(*app);
    const auto out = std::make_shared<std::string>();
    app->add_option("out", *out, "The file to write; must not exist")->required();
    app->footer("Example: bezant wallet export my.bzw watching.bzw");
    return {app, [path, out] { return exit_code_of(export_watching(*path, *out)); }};
}

}  // namespace bezant::apps
