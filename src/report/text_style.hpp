// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bezant::report {

/// How text looks where it goes: colours and box characters on a terminal that has them, plain
/// elsewhere.
struct TextStyle {
    bool colour = false;
    bool unicode = true;
    std::size_t columns = 80;
};

enum class Tone : std::uint8_t { strong, faint, good, bad, accent };

/// The text in a tone, by an ANSI escape sequence; unchanged without colour.
[[nodiscard]] std::string toned(const TextStyle& style, Tone tone, std::string_view text);

/// A line across the page that begins with a title.
[[nodiscard]] std::string heading(const TextStyle& style, std::string_view title);

/// "1 block", "2 blocks".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view singular,
                                  std::string_view plural);

/// "1,234,567".
[[nodiscard]] std::string grouped(std::uint64_t number);

/// An arrow, dash or dot of the style's alphabet.
[[nodiscard]] std::string_view arrow(const TextStyle& style);

}  // namespace bezant::report
