// SPDX-License-Identifier: Apache-2.0
// `bezant wallet sign`, `sign-message` and `verify-message`.
#include <fmt/format.h>

#include <memory>

#include "apps/secret_input.hpp"
#include "apps/wallet/wallet_access.hpp"
#include "apps/wallet/wallet_commands.hpp"
#include "apps/wallet/wallet_network.hpp"
#include "base/hex.hpp"
#include "ledger/address.hpp"
#include "wallet/signed_message.hpp"
#include "wallet/signing.hpp"

namespace bezant::apps {

namespace {

struct SigningFlags {
    std::string path;
    std::string password_file;
    std::string payment;
    std::string out;
    bool yes = false;
    std::string address;
    std::string signature;
    std::string text;
    NetworkFlags network;
};

Outcome<wallet::UnsignedPayment> read_payment(const std::string& path) {
    const auto bytes = read_small_file(path, "name a payment that waits for signatures");
    if (!bytes) return unexpected{bytes.error()};
    auto payment = wallet::unsigned_payment_from_bytes(*bytes);
    if (!payment && payment.error().reason == DecodeReason::bad_magic) {
        payment = wallet::unsigned_payment_from_text(
            {reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    }
    if (payment) return std::move(*payment);
    return unexpected{
        Failure{ExitCode::input,
                fmt::format("{} is not a whole payment: {}", path, to_text(payment.error())),
                "it may be another file, or damaged on its way"}};
}

void show_payment(const wallet::UnsignedPayment& payment, const wallet::WalletFile& file) {
    const WalletNetwork network = network_of(file);
    const wallet::Keyring keyring = file.keyring();
    const auto line = [&](std::string_view label, const Output& output) {
        fmt::print("  {:<9}{:>18} BZT  {}{}\n", label, to_text(output.amount),
                   address_of(output.owner, network.address_prefix),
                   keyring.path_of(output.owner) ? "  (this wallet)" : "");
    };
    for (const Output& coin : payment.spent) line("spends", coin);
    for (const Output& output : payment.transaction.outputs) line("pays", output);
    const auto fee = wallet::fee_of(payment);
    fmt::print("  {:<9}{:>18} BZT\n", "fee", fee ? to_text(*fee) : "none: less than nothing");
}

Outcome<void> refuse_unsigned() {
    return unexpected{Failure{ExitCode::usage, "not signed: nobody said yes",
                              "say --yes if there is no terminal to ask on"}};
}

Outcome<void> write_signed(const std::string& out, wallet::UnsignedPayment payment,
                           const wallet::SignedPayment& done) {
    if (done.is_complete()) {
        const std::string text = to_hex(encoded(done.transaction)) + "\n";
        if (auto written = write_durably(out, as_bytes(text), net::Existing::keep); !written)
            return written;
        fmt::print("{}: the transaction, signed; hand it to a node\n", out);
        return {};
    }
    payment.transaction = done.transaction;
    if (auto written = write_durably(out, encoded(payment), net::Existing::keep); !written)
        return written;
    fmt::print("{}: signed for {} of {} coins; the owners of the others sign next\n", out,
               done.signed_inputs, payment.spent.size());
    return {};
}

Outcome<void> sign(const SigningFlags& flags) {
    const auto file = read_wallet(flags.path);
    if (!file) return unexpected{file.error()};
    auto payment = read_payment(flags.payment);
    if (!payment) return unexpected{payment.error()};
    show_payment(*payment, *file);
    if (!flags.yes && !confirm("Sign it? [y/N] ")) return refuse_unsigned();
    const auto keyring = unlocked_keyring(*file, flags.password_file);
    if (!keyring) return unexpected{keyring.error()};
    const auto done = wallet::sign(*payment, *keyring, file->genesis);
    if (!done) {
        return unexpected{Failure{ExitCode::input, std::string{wallet::to_text(done.error())},
                                  "ask whoever prepared the payment"}};
    }
    return write_signed(flags.out, std::move(*payment), *done);
}

Outcome<PublicKeyHash> owner_from(const std::string& address, std::string_view prefix) {
    const auto owner = owner_of_address(address, prefix);
    if (owner) return *owner;
    return unexpected{Failure{ExitCode::input, owner.error().text, "copy it whole"}};
}

Outcome<void> sign_text(const SigningFlags& flags) {
    const auto file = read_wallet(flags.path);
    if (!file) return unexpected{file.error()};
    const auto owner = owner_from(flags.address, network_of(*file).address_prefix);
    if (!owner) return unexpected{owner.error()};
    const auto path = file->keyring().path_of(*owner);
    if (!path) {
        return unexpected{Failure{ExitCode::input, "this address is not this wallet's",
                                  "'bezant wallet address --list' shows those given away"}};
    }
    const auto keyring = unlocked_keyring(*file, flags.password_file);
    if (!keyring) return unexpected{keyring.error()};
    fmt::print("{}\n", wallet::to_hex_text(wallet::sign_message(keyring->signing_key(*path),
                                                                flags.text, file->genesis)));
    return {};
}

/// The networks on which the signature may be good: the one that was named, or all those with such
/// addresses.
Outcome<std::vector<WalletNetwork>> networks_for(const SigningFlags& flags) {
    if (flags.network.name.empty())
        return networks_with_prefix(flags.address.substr(0, flags.address.find('1')));
    auto network = network_of(flags.network);
    if (!network) return unexpected{network.error()};
    return std::vector{std::move(*network)};
}

Outcome<void> verify_text(const SigningFlags& flags) {
    const auto networks = networks_for(flags);
    if (!networks) return unexpected{networks.error()};
    const std::string prefix = networks->empty() ? "bzt" : networks->front().address_prefix;
    const auto owner = owner_from(flags.address, prefix);
    if (!owner) return unexpected{owner.error()};
    const auto proof = wallet::message_proof_from_text(flags.signature);
    if (!proof) {
        return unexpected{Failure{ExitCode::input, "the signature is not 192 hexadecimal digits",
                                  "copy it whole"}};
    }
    for (const WalletNetwork& network : *networks) {
        if (!wallet::is_signed_by(*owner, flags.text, network.genesis, *proof)) continue;
        fmt::print("good: the owner of {} signed this text, for network {}\n", flags.address,
                   network.name);
        return {};
    }
    return unexpected{Failure{ExitCode::check_failed,
                              "the owner of this address did not sign this text",
                              "or it was for another network: say --network or --genesis"}};
}

void add_secret_flags(CLI::App& app, SigningFlags& flags) {
    app.add_option("file", flags.path, "The wallet file (.bzw)")->required();
    app.add_option("--password-file", flags.password_file,
                   "Take the password from the first line of this file instead of asking");
}

}  // namespace

Command add_wallet_sign(CLI::App& wallet) {
    CLI::App* app = wallet.add_subcommand("sign", "Sign a payment that was prepared elsewhere");
    const auto flags = std::make_shared<SigningFlags>();
    add_secret_flags(*app, *flags);
    app->add_option("payment", flags->payment, "The payment without signatures")->required();
    app->add_option("out", flags->out,
                    "Where to write the transaction in hexadecimal, or, if others must sign too, "
                    "the payment; must not exist")
        ->required();
    app->add_flag("--yes", flags->yes, "Sign without asking");
    app->footer("Example: bezant wallet sign my.bzw payment.bzu signed.hex");
    return {app, [flags] { return exit_code_of(sign(*flags)); }};
}

Command add_wallet_sign_message(CLI::App& wallet) {
    CLI::App* app =
        wallet.add_subcommand("sign-message", "Show that one has the key of an address");
    const auto flags = std::make_shared<SigningFlags>();
    add_secret_flags(*app, *flags);
    app->add_option("address", flags->address, "One of the wallet's addresses")->required();
    app->add_option("text", flags->text, "What to sign")->required();
    app->footer("Example: bezant wallet sign-message my.bzw ADDRESS \"I am Alice.\"");
    return {app, [flags] { return exit_code_of(sign_text(*flags)); }};
}

Command add_wallet_verify_message(CLI::App& wallet) {
    CLI::App* app =
        wallet.add_subcommand("verify-message", "Check who signed a text, without any wallet");
    const auto flags = std::make_shared<SigningFlags>();
    flags->network.name.clear();
    app->add_option("address", flags->address, "Whose signature it should be")->required();
    app->add_option("signature", flags->signature, "As sign-message printed it")->required();
    app->add_option("text", flags->text, "What was signed")->required();
    add_network_flags(*app, flags->network);
    app->footer("Example: bezant wallet verify-message ADDRESS SIGNATURE \"I am Alice.\"");
    return {app, [flags] { return exit_code_of(verify_text(*flags)); }};
}

}  // namespace bezant::apps
