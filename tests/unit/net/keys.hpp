// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "crypto/ed25519.hpp"
#include "crypto/hash.hpp"

namespace bezant::test {

/// The same name always has the same seed.
inline SecretSeed seed_of(std::string_view name) {
    return SecretSeed{std::span<const Byte, 32>{sha256(as_bytes(name)).bytes}};
}

inline PublicKey key_of(std::string_view name) {
    return SigningKey::from_seed(seed_of(name)).public_key();
}

}  // namespace bezant::test
