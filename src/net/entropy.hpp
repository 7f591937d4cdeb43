// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "crypto/secret.hpp"

namespace bezant::net {

/// Fills it with random bytes of the operating system's, good for keys. Waits, once after the
/// machine has started, until there are such.
void fill_with_entropy(std::span<Byte> bytes);

template <class Fixed>
[[nodiscard]] Fixed random_bytes() {
    Fixed fixed;
    fill_with_entropy(fixed.bytes);
    return fixed;
}

/// A key that nobody else has.
[[nodiscard]] SecretBytes<32> fresh_secret();
[[nodiscard]] std::uint64_t fresh_number();

}  // namespace bezant::net
