// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/foreign_text.hpp"

#include <algorithm>
#include <cstddef>

namespace bezant::sim {

namespace {

constexpr std::size_t quoted_bytes_max = 40;

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U; }

/// How many bytes the control character here takes: U+0000 to U+001F and U+007F one, U+0080 to
/// U+009F two in UTF-8; 0 if there is none.
std::size_t control_size(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20U || byte == 0x7fU) return 1;
    if (byte != 0xc2U || at + 1 == text.size()) return 0;
    const auto second = static_cast<unsigned char>(text[at + 1]);
    return second >= 0x80U && second < 0xa0U ? 2 : 0;
}

/// Whether the second byte fits the first: what remains is neither written too long, nor a
/// surrogate, nor beyond Unicode (RFC 3629, section 4).
bool is_second(unsigned char first, unsigned char second) {
    if (first == 0xe0U) return second >= 0xa0U;
    if (first == 0xedU) return second < 0xa0U;
    if (first == 0xf0U) return second >= 0x90U;
    if (first == 0xf4U) return second < 0x90U;
    return true;
}

/// How many bytes the character here takes in UTF-8; 0 if it is none.
std::size_t character_size(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80U) return 1;
    if (first < 0xc2U || first > 0xf4U) return 0;
    const std::size_t size = first < 0xe0U ? 2 : first < 0xf0U ? 3 : 4;
    if (at + size > text.size()) return 0;
    const bool is_whole = std::ranges::all_of(text.substr(at + 1, size - 1), is_continuation);
    return is_whole && is_second(first, static_cast<unsigned char>(text[at + 1])) ? size : 0;
}

std::string_view opening(std::string_view text) {
    if (text.size() <= quoted_bytes_max) return text;
    std::size_t size = quoted_bytes_max;
    while (size > 0 && is_continuation(text[size])) --size;
    return text.substr(0, size);
}

}  // namespace

std::string quoted(std::string_view text) {
    const std::string_view shown = opening(text);
    std::string result = "'";
    for (std::size_t at = 0; at < shown.size();) {
        const std::size_t control = control_size(shown, at);
        const std::size_t size = control > 0 ? 0 : character_size(shown, at);
        result += size > 0 ? shown.substr(at, size) : "?";
        at += std::max({control, size, std::size_t{1}});
    }
    return result + (shown.size() < text.size() ? "...'" : "'");
}

bool has_control_character(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (control_size(text, at) > 0) return true;
    }
    return false;
}

}  // namespace bezant::sim
