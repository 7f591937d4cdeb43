// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "base/bytes.hpp"

namespace bezant {

/// The 32 bytes that SHA-256 gives, first byte first.
struct Hash256Tag;
using Hash256 = FixedBytes<Hash256Tag, 32>;

/// The 64 bytes that SHA-512 gives, first byte first.
struct Hash512Tag;
using Hash512 = FixedBytes<Hash512Tag, 64>;

/// SHA-256 (FIPS 180-4). Costs 40 ns for each 64 bytes where the processor has instructions for
/// it, six times as much elsewhere.
[[nodiscard]] Hash256 sha256(ByteView message);

/// SHA-256 of the SHA-256, as Bitcoin hashes its headers.
[[nodiscard]] Hash256 double_sha256(ByteView message);

/// SHA-256 of a message given piece by piece. A value: a copy goes on from the same point, which
/// saves hashing a common beginning again.
class Sha256 {
public:
    Sha256();

    Sha256& update(ByteView piece);

    /// The hash of all pieces so far. More may follow.
    [[nodiscard]] Hash256 finish() const;

private:
    static constexpr std::size_t state_size_bytes = 112;
    alignas(8) std::array<std::byte, state_size_bytes> state_;
};

/// Hash of a message that can never equal one made under another tag (BIP 340, "Tagged Hashes"):
/// SHA-256(SHA-256(tag) || SHA-256(tag) || message).
[[nodiscard]] Hash256 tagged_hash(std::string_view tag, ByteView message);

/// The tagged hash before the first byte of its message. Two compressions to make: what hashes
/// often under one tag keeps it and copies it.
[[nodiscard]] Sha256 tagged_hasher(std::string_view tag);

/// SHA-512 (FIPS 180-4).
[[nodiscard]] Hash512 sha512(ByteView message);

/// HMAC (RFC 2104) with SHA-512, key of any length.
[[nodiscard]] Hash512 hmac_sha512(ByteView key, ByteView message);

}  // namespace bezant
