// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "crypto/sealed_box.hpp"
#include "crypto/secret.hpp"

namespace bezant::wallet {

/// A passphrase of a wallet has at most so many bytes.
inline constexpr std::size_t passphrase_bytes_max = 128;

/// What a person writes down: the entropy of the words of BIP 39, and the passphrase, which both
/// are sound (crypto/mnemonic.hpp). All keys follow from it.
struct WalletSecret {
    SecretBuffer entropy;
    SecretBuffer passphrase;

    /// What Keyring::unlock takes. About 3 ms.
    [[nodiscard]] SecretBytes<64> seed() const;
};

/// Why a secret could not be had.
enum class SecretError : Byte {
    wrong_password_or_altered,  ///< nobody can tell which
    out_of_memory,              ///< this machine has not what the password's cost asks for
    malformed,                  ///< the password is right, and something else was locked up with it
};

/// A plain English sentence for each, without a full stop.
[[nodiscard]] std::string_view to_text(SecretError error);

/// A secret locked up by a password, as a wallet file holds it.
struct SealedSecret {
    static constexpr std::size_t secret_bytes = 1 + 32 + 1 + passphrase_bytes_max;
    struct BoxTag;
    using Box = FixedBytes<BoxTag, secret_bytes + seal_overhead_bytes>;

    SealLock lock;
    Box box;

    friend bool operator==(const SealedSecret&, const SealedSecret&) = default;
};

/// The bytes that are sealed: docs/formats.md, "Wallet file". The secret must be sound.
[[nodiscard]] SecretBuffer encoded_secret(const WalletSecret& secret);
[[nodiscard]] Result<WalletSecret, SecretError> secret_from_bytes(ByteView bytes);

/// Locks up a secret, which must be sound. `associated` is what lies before it in the file. Fails
/// only for want of memory.
[[nodiscard]] Result<SealedSecret, SecretError> seal_secret(const WalletSecret& secret,
                                                            std::string_view password,
                                                            const SealLock& lock,
                                                            ByteView associated);

/// The other way.
[[nodiscard]] Result<WalletSecret, SecretError> open_secret(const SealedSecret& sealed,
                                                            std::string_view password,
                                                            ByteView associated);

}  // namespace bezant::wallet
