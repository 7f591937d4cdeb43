// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/secret.hpp"

namespace bezant {

/// A tree of keys out of one seed (SLIP-0010, curve ed25519). Every child is hardened, the only
/// kind that Ed25519 has: no child betrays its parent or its siblings, and public keys have no
/// children.

/// A node of the tree: what signs, and what its children are derived with.
struct ExtendedKey {
    SecretSeed key;
    SecretBytes<32> chain_code;
};

/// Indices of children are below this; an index i is written i' in a path.
inline constexpr std::uint32_t child_index_end = 0x80000000;

/// The root of the tree, "m". The seed is the 64 bytes of a BIP 39 phrase, or any secret bytes.
[[nodiscard]] ExtendedKey master_key(ByteView seed);

/// The child with this index, which must be below child_index_end. One HMAC-SHA512.
[[nodiscard]] ExtendedKey derive(const ExtendedKey& parent, std::uint32_t index);

/// The node at the end of a path from the root: {44, 1, 0} is m/44'/1'/0'.
[[nodiscard]] ExtendedKey derive_path(ByteView seed, std::span<const std::uint32_t> path);

}  // namespace bezant
