// SPDX-License-Identifier: Apache-2.0
#include "report/text_style.hpp"

#include <fmt/format.h>

namespace bezant::report {

namespace {

std::string_view escape_of(Tone tone) {
    switch (tone) {
        case Tone::strong:
            return "\x1b[1m";
        case Tone::faint:
            return "\x1b[2m";
        case Tone::good:
            return "\x1b[32m";
        case Tone::bad:
            return "\x1b[31m";
        case Tone::accent:
            return "\x1b[36m";
    }
    return "";
}

}  // namespace

std::string toned(const TextStyle& style, Tone tone, std::string_view text) {
    if (!style.colour) return std::string{text};
    return fmt::format("{}{}\x1b[0m", escape_of(tone), text);
}

std::string heading(const TextStyle& style, std::string_view title) {
    const std::size_t used = title.size() + 1;
    std::string line;
    for (std::size_t i = used; i < style.columns; ++i) line += style.unicode ? "─" : "-";
    return fmt::format("{} {}\n", toned(style, Tone::strong, title),
                       toned(style, Tone::faint, line));
}

std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural) {
    return fmt::format("{} {}", grouped(count), count == 1 ? singular : plural);
}

std::string grouped(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    std::string text;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at > 0 && (digits.size() - at) % 3 == 0) text.push_back(',');
        text.push_back(digits[at]);
    }
    return text;
}

std::string_view arrow(const TextStyle& style) { return style.unicode ? "→" : "->"; }

}  // namespace bezant::report
