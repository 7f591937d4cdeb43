// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace bezant {

/// Lower-case hexadecimal text, two digits a byte, first byte first.
[[nodiscard]] std::string to_hex(ByteView bytes);

/// The same, last byte first: how hashes of blocks and transactions are shown, as Bitcoin shows
/// them, so that a hash with much work starts with zeros.
[[nodiscard]] std::string to_hex_reversed(ByteView bytes);

/// Bytes of hexadecimal text in either case; nothing if the length is odd or a digit is not one.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

/// Exactly N bytes of hexadecimal text, or nothing.
template <class Fixed>
[[nodiscard]] std::optional<Fixed> fixed_from_hex(std::string_view text) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != Fixed::size_bytes) return std::nullopt;
    Fixed result;
    std::ranges::copy(*bytes, result.bytes.begin());
    return result;
}

/// As fixed_from_hex, of text that shows the last byte first.
template <class Fixed>
[[nodiscard]] std::optional<Fixed> fixed_from_hex_reversed(std::string_view text) {
    auto result = fixed_from_hex<Fixed>(text);
    if (result) std::ranges::reverse(result->bytes);
    return result;
}

}  // namespace bezant
