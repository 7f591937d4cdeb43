// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/bytes.hpp"
#include "crypto/sealed_box.hpp"
#include "crypto/secret.hpp"

namespace bezant {

/// The two primitives that a sealed box is made of, as libsodium has them.

using SealKey = SecretBytes<32>;

/// Argon2id version 1.3 with one lane (RFC 9106). Nothing if there is not the memory.
[[nodiscard]] std::optional<SealKey> argon2id(ByteView password, const SealSalt& salt,
                                              const SealCost& cost);

/// Encrypted bytes, the authenticator of them and of the associated data behind them.
[[nodiscard]] Bytes xchacha20_poly1305_encrypt(ByteView secret, const SealKey& key,
                                               const SealNonce& nonce, ByteView associated);

/// The other way, for a box not shorter than its authenticator. Nothing if it does not hold.
[[nodiscard]] std::optional<SecretBuffer> xchacha20_poly1305_decrypt(ByteView box,
                                                                     const SealKey& key,
                                                                     const SealNonce& nonce,
                                                                     ByteView associated);

}  // namespace bezant
