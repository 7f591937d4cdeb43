// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/secret.hpp"

namespace bezant {

/// Secrets that a password locks up: Argon2id (RFC 9106) makes a key of the password, and
/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) encrypts and authenticates with it. The bytes of
/// a box alone are noise; cost, salt and nonce lie beside it in the clear.

/// What it costs to try one password, with one lane: passes over so much memory.
struct SealCost {
    std::uint32_t passes = 0;
    std::uint32_t memory_kib = 0;

    friend bool operator==(const SealCost&, const SealCost&) = default;
};

/// The cost of new boxes: libsodium's MODERATE, 256 MiB three times over, half a second. It is
/// kept with each box, so that it may rise and old boxes still open.
inline constexpr SealCost seal_cost_usual{3, 262'144};

/// What a box may ask of whoever opens it: at least what Argon2id needs, and at most 1 GiB sixteen
/// times over (ten seconds), so that a hostile file exhausts neither memory nor patience.
inline constexpr SealCost seal_cost_min{1, 8};
inline constexpr SealCost seal_cost_max{16, 1'048'576};
[[nodiscard]] constexpr bool is_bearable(const SealCost& cost) {
    return cost.passes >= seal_cost_min.passes && cost.passes <= seal_cost_max.passes &&
           cost.memory_kib >= seal_cost_min.memory_kib &&
           cost.memory_kib <= seal_cost_max.memory_kib;
}

/// Random bytes, drawn anew for each box: the salt keeps one password from having one key, and a
/// nonce must never serve twice under one key.
struct SealSaltTag;
using SealSalt = FixedBytes<SealSaltTag, 16>;
struct SealNonceTag;
using SealNonce = FixedBytes<SealNonceTag, 24>;

/// How a box is locked.
struct SealLock {
    SealCost cost;
    SealSalt salt;
    SealNonce nonce;

    friend bool operator==(const SealLock&, const SealLock&) = default;
};

/// A box is longer than what is in it by the authenticator.
inline constexpr std::size_t seal_overhead_bytes = 16;

enum class SealError : Byte {
    /// The password is wrong, or a byte of box, lock or associated data has been altered. Nobody
    /// can tell which: a key that could say so would be a second, weaker lock.
    wrong_password_or_altered,
    too_short,      ///< no box: shorter than its authenticator
    out_of_memory,  ///< the machine has not the memory that the cost asks for
};

/// A plain English sentence for each, without a full stop.
[[nodiscard]] std::string_view to_text(SealError error);

/// A box of this secret. `associated` is not in it, but must be given unaltered to open it. The
/// cost must be bearable. Fails only for want of memory.
[[nodiscard]] Result<Bytes, SealError> seal(ByteView secret, ByteView password,
                                            const SealLock& lock, ByteView associated);

/// What is in a box. The cost must be bearable: whoever reads it from outside asks first.
[[nodiscard]] Result<SecretBuffer, SealError> open_sealed(ByteView box, ByteView password,
                                                          const SealLock& lock,
                                                          ByteView associated);

}  // namespace bezant
