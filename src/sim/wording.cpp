// SPDX-License-Identifier: Apache-2.0
#include "sim/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bezant::sim {

namespace {

constexpr std::size_t named_max = 8;
constexpr double microseconds_per_millisecond = 1e3;
constexpr double microseconds_per_second = 1e6;
/// From so many hexadecimal digits on it is a hash or a key, of which so many are shown.
constexpr std::size_t hash_digits_min = 32;
constexpr std::size_t shown_digits = 12;

}  // namespace

std::string seconds_text(Duration span) {
    return fmt::format("{:.2f} s",
                       static_cast<double>(span.microseconds) / microseconds_per_second);
}

std::string span_text(Duration span) {
    if (span >= milliseconds(100)) return seconds_text(span);
    return fmt::format("{:.1f} ms",
                       static_cast<double>(span.microseconds) / microseconds_per_millisecond);
}

std::string called(ParticipantId who) { return fmt::format("participant {}", who); }

std::string called(std::span<const ParticipantId> them) {
    if (them.empty()) return "nobody";
    if (them.size() == 1) return called(them.front());
    const std::size_t named = std::min(them.size(), named_max);
    const std::size_t others = them.size() - named;
    std::string text = "participants ";
    for (std::size_t i = 0; i < named; ++i) {
        const bool is_last = i + 1 == named && others == 0;
        const std::string_view joint = i == 0 ? "" : is_last ? " and " : ", ";
        text += fmt::format("{}{}", joint, them[i]);
    }
    if (others > 0) text += fmt::format(" and {} more", others);
    return text;
}

std::string shortened(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    while (!text.empty()) {
        const std::size_t run = std::min(text.find_first_not_of(digits), text.size());
        const bool is_long = run >= hash_digits_min;
        const std::size_t taken = run == 0 ? 1 : run;
        result += text.substr(0, is_long ? shown_digits : taken);
        if (is_long) result += "…";
        text.remove_prefix(taken);
    }
    return result;
}

std::string counted(std::size_t count, const std::string& one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

}  // namespace bezant::sim
