// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "apps/durable_file.hpp"
#include "apps/failure.hpp"
#include "wallet/wallet_file.hpp"

namespace bezant::apps {

[[nodiscard]] Outcome<wallet::WalletFile> read_wallet(const std::string& path);
[[nodiscard]] Outcome<void> write_wallet(const std::string& path, const wallet::WalletFile& file,
                                         net::Existing existing);

/// The keyring of a file, opened by its password: from the file named, or asked for. Keys that are
/// wanting have been derived.
[[nodiscard]] Outcome<wallet::Keyring> unlocked_keyring(const wallet::WalletFile& file,
                                                        const std::string& password_file);

/// The bytes of another file than a wallet's.
[[nodiscard]] Outcome<Bytes> read_small_file(const std::string& path, std::string_view advice);

}  // namespace bezant::apps
