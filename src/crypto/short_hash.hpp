// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace bezant {

/// Whoever does not know the key cannot make messages whose short hashes are equal.
struct ShortHashKeyTag;
using ShortHashKey = FixedBytes<ShortHashKeyTag, 16>;

/// SipHash-2-4 (Aumasson, Bernstein 2012): 64 bits that name a message among few. Not for what must
/// be named for ever: equal ones are found in about 2^32 tries by whoever knows the key.
[[nodiscard]] std::uint64_t short_hash(const ShortHashKey& key, ByteView message);

}  // namespace bezant
