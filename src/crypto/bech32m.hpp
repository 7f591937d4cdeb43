// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace bezant {

/// Bech32m (BIP 350): text of a prefix that says what it is ("bzt"), the separator 1, data in 32
/// letters and digits that are hard to mix up, and a checksum of six. Any substitution of up to
/// four characters is detected; any other error is missed with probability 2^-30.

/// A text is at most this long (BIP 173).
inline constexpr std::size_t bech32m_length_max = 90;

/// Why a text is refused, in the order of the checks.
enum class Bech32mError : Byte {
    too_long,           ///< over 90 characters
    invalid_character,  ///< not printable ASCII, or a space
    mixed_case,         ///< both upper and lower case letters
    no_separator,       ///< no digit 1
    empty_prefix,       ///< nothing before the last digit 1
    too_short,          ///< fewer than six characters after the last digit 1
    invalid_data,       ///< one of the characters 1, b, i, o, or punctuation after the separator
    wrong_checksum,     ///< mistyped, or Bech32 (BIP 173) instead of Bech32m
    unexpected_prefix,  ///< a sound text, but of something else
    invalid_padding,    ///< the data is no whole number of bytes with at most four zero bits behind
};

/// A plain English sentence for each, without a full stop.
[[nodiscard]] std::string_view to_text(Bech32mError error);

/// What a text says before its data is taken for bytes.
struct Bech32mParts {
    std::string prefix;  ///< in lower case
    Bytes groups;        ///< five bits each, without the checksum
};

/// Text of groups of five bits, in lower case. The prefix must be lower case printable ASCII of at
/// least one character, the groups below 32, and the text not over 90 characters.
[[nodiscard]] std::string bech32m_encode_groups(std::string_view prefix, ByteView groups);

/// Text of bytes, under the same conditions: with a prefix of p characters at most
/// (83 - p) * 5 / 8 bytes.
[[nodiscard]] std::string bech32m_encode(std::string_view prefix, ByteView data);

/// The parts of any sound text.
[[nodiscard]] Result<Bech32mParts, Bech32mError> bech32m_decode_groups(std::string_view text);

/// The bytes of a sound text with this prefix, given in lower case.
[[nodiscard]] Result<Bytes, Bech32mError> bech32m_decode(std::string_view prefix,
                                                         std::string_view text);

}  // namespace bezant
