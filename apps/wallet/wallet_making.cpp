// SPDX-License-Identifier: Apache-2.0
// `bezant wallet create` and `restore`.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

#include "apps/secret_input.hpp"
#include "apps/wallet/wallet_access.hpp"
#include "apps/wallet/wallet_commands.hpp"
#include "apps/wallet/wallet_network.hpp"
#include "base/check.hpp"
#include "crypto/key_derivation.hpp"
#include "crypto/mnemonic.hpp"
#include "ledger/address.hpp"
#include "net/entropy.hpp"

namespace bezant::apps {

namespace {

struct MakingFlags {
    std::string path;
    NetworkFlags network;
    std::uint32_t account = 0;
    std::size_t words = 12;
    std::string password_file;
    std::string passphrase_file;
};

constexpr std::size_t bytes_of_twelve_words = 16;
constexpr std::size_t bytes_of_all_words = 32;
constexpr std::size_t few_words = 12;
constexpr std::size_t many_words = 24;

Outcome<SecretBuffer> passphrase_from(const std::string& file) {
    if (file.empty()) return SecretBuffer{};
    auto passphrase = secret_of_file(file);
    if (!passphrase) return passphrase;
    if (!is_mnemonic_passphrase(as_text(*passphrase)) ||
        passphrase->size() > wallet::passphrase_bytes_max) {
        return unexpected{Failure{ExitCode::input,
                                  "the passphrase has letters that are not printable ASCII, or "
                                  "more than 128",
                                  "choose another one"}};
    }
    return passphrase;
}

/// The file of these words under a new password.
Outcome<void> make(const MakingFlags& flags, const wallet::WalletSecret& secret,
                   const WalletNetwork& network) {
    const auto password = new_password_from(flags.password_file);
    if (!password) return unexpected{password.error()};
    wallet::Keyring keyring{
        {.coin_type = wallet::coin_type_of(network.address_prefix), .account = flags.account}};
    CHECK(keyring.unlock(secret.seed()), "a keyring without keys takes any seed");
    const SealLock lock{.cost = seal_cost_usual,
                        .salt = net::random_bytes<SealSalt>(),
                        .nonce = net::random_bytes<SealNonce>()};
    const auto file =
        wallet::make_wallet_file(network.genesis, keyring, secret, as_text(*password), lock);
    if (!file) {
        return unexpected{Failure{ExitCode::environment, std::string{wallet::to_text(file.error())},
                                  "end other programs, and try again"}};
    }
    if (auto written = write_wallet(flags.path, *file, net::Existing::keep); !written)
        return written;
    fmt::print("{}: a wallet on network {}, account {}\n", flags.path, network.name, flags.account);
    return {};
}

void show_words(const SecretBuffer& entropy) {
    fmt::print(
        "These words are the wallet. Write them down, and show them to nobody: they are not shown\n"
        "again, and whoever has them has the money.\n\n");
    print_secret(mnemonic_phrase(entropy));
    fmt::print("\n\n");
}

Outcome<void> create(const MakingFlags& flags) {
    const auto network = network_of(flags.network);
    if (!network) return unexpected{network.error()};
    auto passphrase = passphrase_from(flags.passphrase_file);
    if (!passphrase) return unexpected{passphrase.error()};
    SecretBuffer entropy(flags.words == few_words ? bytes_of_twelve_words : bytes_of_all_words);
    net::fill_with_entropy(entropy);
    const SecretBuffer shown = entropy;
    if (auto made = make(flags, {std::move(entropy), std::move(*passphrase)}, *network); !made)
        return made;
    show_words(shown);
    return {};
}

/// What is wrong with the words is told to whoever typed them; a file's words are not put where
/// errors go.
Failure bad_words(const MnemonicError& error, bool typed) {
    if (typed || error.reason != MnemonicReason::unknown_word)
        return {ExitCode::input, error.text, "type them as they were written down"};
    return {ExitCode::input, "a word is not in the word list",
            "type them by hand, and you are told which one"};
}

Outcome<void> restore(const MakingFlags& flags) {
    const auto network = network_of(flags.network);
    if (!network) return unexpected{network.error()};
    const bool typed = ::isatty(STDIN_FILENO) == 1;
    if (typed) fmt::print(stderr, "Words: ");
    const auto words = secret_of_input();
    if (!words) return unexpected{words.error()};
    auto entropy = mnemonic_entropy(as_text(*words));
    if (!entropy) return unexpected{bad_words(entropy.error(), typed)};
    auto passphrase = passphrase_from(flags.passphrase_file);
    if (!passphrase) return unexpected{passphrase.error()};
    return make(flags, {std::move(*entropy), std::move(*passphrase)}, *network);
}

void add_making_flags(CLI::App& app, MakingFlags& flags) {
    app.add_option("file", flags.path, "The wallet file to write (.bzw); must not exist")
        ->required();
    add_network_flags(app, flags.network);
    app.add_option("--account", flags.account, "Which of several purses of the same words")
        ->capture_default_str()
        ->check(CLI::Range(0U, child_index_end - 1));
    app.add_option("--password-file", flags.password_file,
                   "Take the password from the first line of this file instead of asking");
    app.add_option("--passphrase-file", flags.passphrase_file,
                   "A passphrase that belongs to the words, from the first line of this file");
}

}  // namespace

Command add_wallet_create(CLI::App& wallet) {
    CLI::App* app = wallet.add_subcommand("create", "Make a new wallet, and show its words once");
    const auto flags = std::make_shared<MakingFlags>();
    add_making_flags(*app, *flags);
    app->add_option("--words", flags->words, "How many words: 12 or 24")
        ->capture_default_str()
        ->check(CLI::IsMember({few_words, many_words}));
    app->footer("Example: bezant wallet create my.bzw --network local");
    return {app, [flags] { return exit_code_of(create(*flags)); }};
}

Command add_wallet_restore(CLI::App& wallet) {
    CLI::App* app =
        wallet.add_subcommand("restore", "Make a wallet of words, read from standard input");
    const auto flags = std::make_shared<MakingFlags>();
    add_making_flags(*app, *flags);
    app->footer("Example: bezant wallet restore my.bzw --network local");
    return {app, [flags] { return exit_code_of(restore(*flags)); }};
}

}  // namespace bezant::apps
