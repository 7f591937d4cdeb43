// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "crypto/secret.hpp"

namespace bezant {

/// The first 64 bytes that PBKDF2 (RFC 8018, section 5.2) makes with HMAC-SHA512. One HMAC a round;
/// there is at least one. Here only because BIP 39 prescribes it: what keeps a password's key is
/// Argon2id (crypto/sealed_box.hpp).
[[nodiscard]] SecretBytes<64> pbkdf2_hmac_sha512(ByteView password, ByteView salt,
                                                 std::uint32_t rounds);

}  // namespace bezant
