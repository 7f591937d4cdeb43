// SPDX-License-Identifier: Apache-2.0
#include "base/hex.hpp"

#include <ranges>

namespace bezant {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

void append_hex(std::string& text, Byte byte) {
    text.push_back(digits[byte >> 4U]);
    text.push_back(digits[byte & 0x0fU]);
}

std::optional<Byte> digit_value(char digit) {
    if (digit >= '0' && digit <= '9') return static_cast<Byte>(digit - '0');
    if (digit >= 'a' && digit <= 'f') return static_cast<Byte>(digit - 'a' + 10);
    if (digit >= 'A' && digit <= 'F') return static_cast<Byte>(digit - 'A' + 10);
    return std::nullopt;
}

}  // namespace

std::string to_hex(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const Byte byte : bytes) append_hex(text, byte);
    return text;
}

std::string to_hex_reversed(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const Byte byte : bytes | std::views::reverse) append_hex(text, byte);
    return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = digit_value(text[i]);
        const auto low = digit_value(text[i + 1]);
        if (!high || !low) return std::nullopt;
        bytes.push_back(static_cast<Byte>((*high << 4U) | *low));
    }
    return bytes;
}

}  // namespace bezant
