// SPDX-License-Identifier: Apache-2.0
#include "crypto/bech32m.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/check.hpp"
#include "crypto/bit_groups.hpp"

namespace bezant {

namespace {

constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t checksum_length = 6;
constexpr std::uint32_t bech32m_constant = 0x2bc830a3;
constexpr std::array<std::uint32_t, 5> generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                    0x2a1462b3};

bool is_upper(char letter) { return letter >= 'A' && letter <= 'Z'; }
bool is_lower(char letter) { return letter >= 'a' && letter <= 'z'; }
bool is_printable(char letter) { return letter > ' ' && letter <= '~'; }
char to_lower(char letter) { return is_upper(letter) ? static_cast<char>(letter + 32) : letter; }

/// One step of the BCH code: the remainder after one more group (BIP 350, bech32m_polymod).
std::uint32_t absorb(std::uint32_t remainder, unsigned group) {
    const std::uint32_t top = remainder >> 25U;
    remainder = (remainder & 0x1ffffffU) << 5U ^ group;
    for (unsigned bit = 0; bit < generator.size(); ++bit) {
        if ((top >> bit & 1U) != 0) remainder ^= generator[bit];
    }
    return remainder;
}

std::uint32_t remainder_of(std::string_view prefix, ByteView groups) {
    std::uint32_t remainder = 1;
    for (const char letter : prefix) remainder = absorb(remainder, static_cast<Byte>(letter) >> 5U);
    remainder = absorb(remainder, 0);
    for (const char letter : prefix) remainder = absorb(remainder, letter & 31);
    for (const Byte group : groups) remainder = absorb(remainder, group);
    return remainder;
}

bool is_valid_prefix(std::string_view prefix) {
    return !prefix.empty() && std::ranges::all_of(prefix, is_printable) &&
           std::ranges::none_of(prefix, is_upper);
}

Result<Bytes, Bech32mError> groups_of(std::string_view letters) {
    Bytes groups;
    groups.reserve(letters.size());
    for (const char letter : letters) {
        const std::size_t place = alphabet.find(letter);
        if (place == std::string_view::npos) return unexpected(Bech32mError::invalid_data);
        groups.push_back(static_cast<Byte>(place));
    }
    return groups;
}

/// The text in lower case, if its characters may occur in one at all.
Result<std::string, Bech32mError> normalised(std::string_view text) {
    if (text.size() > bech32m_length_max) return unexpected(Bech32mError::too_long);
    if (!std::ranges::all_of(text, is_printable))
        return unexpected(Bech32mError::invalid_character);
    if (std::ranges::any_of(text, is_upper) && std::ranges::any_of(text, is_lower))
        return unexpected(Bech32mError::mixed_case);
    std::string lower{text};
    std::ranges::transform(lower, lower.begin(), to_lower);
    return lower;
}

}  // namespace

std::string_view to_text(Bech32mError error) {
    switch (error) {
        case Bech32mError::too_long:
            return "it is longer than 90 characters";
        case Bech32mError::invalid_character:
            return "it has a space or a character beyond ASCII";
        case Bech32mError::mixed_case:
            return "it mixes upper and lower case";
        case Bech32mError::no_separator:
            return "it has no digit 1 between prefix and data";
        case Bech32mError::empty_prefix:
            return "it has nothing before the digit 1";
        case Bech32mError::too_short:
            return "it is too short to hold a checksum";
        case Bech32mError::invalid_data:
            return "it has a character that never occurs in the data";
        case Bech32mError::wrong_checksum:
            return "its checksum is wrong, so it was mistyped";
        case Bech32mError::unexpected_prefix:
            return "its prefix is that of something else";
        case Bech32mError::invalid_padding:
            return "its data is not a whole number of bytes";
    }
    CHECK(false, "every error has a text");
}

std::string bech32m_encode_groups(std::string_view prefix, ByteView groups) {
    CHECK(is_valid_prefix(prefix), "a prefix is printable, in lower case and not empty");
    CHECK(prefix.size() + 1 + groups.size() + checksum_length <= bech32m_length_max,
          "a text is at most 90 characters long");
    std::uint32_t remainder = remainder_of(prefix, groups);
    for (std::size_t i = 0; i < checksum_length; ++i) remainder = absorb(remainder, 0);
    remainder ^= bech32m_constant;

    std::string text{prefix};
    text.push_back('1');
    for (const Byte group : groups) text.push_back(alphabet.at(group));
    for (unsigned shift = 30; shift > 0; shift -= 5)
        text.push_back(alphabet[remainder >> (shift - 5) & 31U]);
    return text;
}

std::string bech32m_encode(std::string_view prefix, ByteView data) {
    return bech32m_encode_groups(prefix, to_five_bit_groups(data));
}

Result<Bech32mParts, Bech32mError> bech32m_decode_groups(std::string_view text) {
    const auto lower = normalised(text);
    if (!lower) return unexpected(lower.error());
    const std::size_t separator = lower->rfind('1');
    if (separator == std::string::npos) return unexpected(Bech32mError::no_separator);
    if (separator == 0) return unexpected(Bech32mError::empty_prefix);
    const std::string_view letters = std::string_view{*lower}.substr(separator + 1);
    if (letters.size() < checksum_length) return unexpected(Bech32mError::too_short);
    auto groups = groups_of(letters);
    if (!groups) return unexpected(groups.error());

    const std::string_view prefix = std::string_view{*lower}.substr(0, separator);
    if (remainder_of(prefix, *groups) != bech32m_constant)
        return unexpected(Bech32mError::wrong_checksum);
    groups->erase(groups->end() - static_cast<std::ptrdiff_t>(checksum_length), groups->end());
    return Bech32mParts{std::string{prefix}, *std::move(groups)};
}

Result<Bytes, Bech32mError> bech32m_decode(std::string_view prefix, std::string_view text) {
    const auto parts = bech32m_decode_groups(text);
    if (!parts) return unexpected(parts.error());
    if (parts->prefix != prefix) return unexpected(Bech32mError::unexpected_prefix);
    auto data = from_five_bit_groups(parts->groups);
    if (!data) return unexpected(Bech32mError::invalid_padding);
    return *std::move(data);
}

}  // namespace bezant
