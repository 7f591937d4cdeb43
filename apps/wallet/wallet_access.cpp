// SPDX-License-Identifier: Apache-2.0
#include "apps/wallet/wallet_access.hpp"

#include <fmt/format.h>

#include "apps/files.hpp"
#include "apps/secret_input.hpp"

namespace bezant::apps {

namespace {

/// Twice the keys of the largest gap limit, and a payment of the largest block, are far below.
constexpr std::size_t small_file_bytes_max = std::size_t{256} << 20U;

}  // namespace

Outcome<Bytes> read_small_file(const std::string& path, std::string_view advice) {
    auto bytes = read_file(path, small_file_bytes_max);
    if (bytes) return std::move(*bytes);
    const ExitCode code = bytes.error().too_large ? ExitCode::input : ExitCode::environment;
    return unexpected{Failure{code, bytes.error().what, std::string{advice}}};
}

Outcome<wallet::WalletFile> read_wallet(const std::string& path) {
    const auto bytes =
        read_small_file(path, "name a wallet file, as 'bezant wallet create' writes it");
    if (!bytes) return unexpected{bytes.error()};
    auto file = wallet::wallet_file_from_bytes(*bytes);
    if (file) return std::move(*file);
    return unexpected{
        Failure{ExitCode::input,
                fmt::format("{} is not a whole wallet file: {}", path, to_text(file.error())),
                "it may be another file, or damaged; the words restore the wallet: bezant wallet "
                "restore"}};
}

Outcome<void> write_wallet(const std::string& path, const wallet::WalletFile& file,
                           net::Existing existing) {
    return write_durably(path, encoded(file), existing);
}

Outcome<wallet::Keyring> unlocked_keyring(const wallet::WalletFile& file,
                                          const std::string& password_file) {
    if (!file.secret) {
        return unexpected{Failure{ExitCode::input, "this wallet only watches: it has no secret",
                                  "name the file that it was exported from"}};
    }
    const auto password = password_from(password_file);
    if (!password) return unexpected{password.error()};
    const auto secret = wallet::open_secret(file, as_text(*password));
    if (!secret) {
        const bool no_memory = secret.error() == wallet::SecretError::out_of_memory;
        return unexpected{Failure{
            no_memory ? ExitCode::environment : ExitCode::input,
            std::string{wallet::to_text(secret.error())},
            no_memory ? "end other programs, and try again" : "nothing was signed or written"}};
    }
    wallet::Keyring keyring = file.keyring();
    if (const auto unlocked = keyring.unlock(secret->seed()); !unlocked) {
        return unexpected{Failure{ExitCode::input, std::string{wallet::to_text(unlocked.error())},
                                  "restore the wallet from its words: bezant wallet restore"}};
    }
    return keyring;
}

}  // namespace bezant::apps
