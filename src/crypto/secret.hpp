// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "base/bytes.hpp"

namespace bezant {

/// Overwrites with zeros, also where a compiler could prove that nobody reads them again.
void wipe(std::span<Byte> secret);

/// N bytes that must not stay in memory: wiped when they go out of scope. Copies are wiped too,
/// each at its own end. No comparison and no text, so that none happens by accident.
template <std::size_t N>
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::span<const Byte, N> source) {
        std::ranges::copy(source, bytes_.begin());
    }
    SecretBytes(const SecretBytes&) = default;
    SecretBytes& operator=(const SecretBytes&) = default;
    ~SecretBytes() { wipe(bytes_); }

    [[nodiscard]] std::span<const Byte, N> view() const { return bytes_; }
    [[nodiscard]] std::span<Byte, N> writable() { return bytes_; }

private:
    std::array<Byte, N> bytes_{};
};

}  // namespace bezant
