// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "ledger/codec.hpp"
#include "wallet/keyring.hpp"
#include "wallet/wallet_secret.hpp"

namespace bezant::wallet {

/// A wallet as a file (`.bzw`): public keys in the clear, the secret locked up by a password.
/// docs/formats.md, "Wallet file", says what lies in the clear and why.

/// As a ledger file's.
inline constexpr std::array<Byte, 8> wallet_file_magic{0x89, 'B', 'Z', 'W', '\r', '\n', 0x1a, '\n'};
inline constexpr std::uint32_t wallet_file_version = 1;

/// What a file holds. The secret stays locked up in it, so a locked wallet can be written, too.
struct WalletFile {
    BlockHash genesis;  ///< of the network
    KeyAccount account;
    std::optional<SealedSecret> secret;  ///< nothing in a watch-only file
    std::uint32_t gap_limit = gap_limit_usual;
    AccountKeys keys;

    /// The keyring of the file, locked.
    [[nodiscard]] Keyring keyring() const { return Keyring{account, gap_limit, keys}; }

    friend bool operator==(const WalletFile&, const WalletFile&) = default;
};

/// A file of a new wallet, or of an old one under a new password: the keyring's keys, and the
/// secret locked up. Salt and nonce are random, and drawn anew each time. Fails only for want of
/// memory.
[[nodiscard]] Result<WalletFile, SecretError> make_wallet_file(const BlockHash& genesis,
                                                               const Keyring& keyring,
                                                               const WalletSecret& secret,
                                                               std::string_view password,
                                                               const SealLock& lock);

/// The same keys without the secret: shows coins and prepares payments, signs nothing, and knows no
/// further keys.
[[nodiscard]] WalletFile watch_only(const WalletFile& file);

/// The secret of a file that has one. Whether the keys in the file are its own, Keyring::unlock
/// says.
[[nodiscard]] Result<WalletSecret, SecretError> open_secret(const WalletFile& file,
                                                            std::string_view password);

/// What the file holds must be sound: keys, gap limit and account as Keyring wants them, and a
/// bearable cost.
void encode(Encoder& out, const WalletFile& file);
[[nodiscard]] Result<WalletFile, DecodeError> wallet_file_from_bytes(ByteView bytes);

}  // namespace bezant::wallet
