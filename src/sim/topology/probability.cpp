// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/probability.hpp"

#include "base/check.hpp"

namespace bezant::sim {

namespace {

constexpr unsigned digits_max = 18;
constexpr unsigned billionth_digits = 9;

/// Appends decimal digits to a number; false if one is not a digit or the number grows too large.
bool append_digits(std::uint64_t& number, std::string_view digits) {
    for (const char digit : digits) {
        if (digit < '0' || digit > '9' || number > (INT64_MAX - 9) / 10) return false;
        number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    return true;
}

}  // namespace

std::optional<std::uint64_t> fixed_point_from_text(std::string_view text, unsigned digits) {
    CHECK(digits <= digits_max, "a number of so many digits fits");
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string_view fraction;
    if (point != std::string_view::npos) fraction = text.substr(point + 1);
    if (whole.empty() && fraction.empty()) return std::nullopt;
    while (fraction.size() > digits && fraction.back() == '0') fraction.remove_suffix(1);
    if (fraction.size() > digits) return std::nullopt;
    std::uint64_t number = 0;
    if (!append_digits(number, whole) || !append_digits(number, fraction)) return std::nullopt;
    constexpr std::string_view zeros = "000000000000000000";
    if (!append_digits(number, zeros.substr(0, digits - fraction.size()))) return std::nullopt;
    return number;
}

std::optional<Probability> probability_from_text(std::string_view text) {
    const auto billionths = fixed_point_from_text(text, billionth_digits);
    if (!billionths || *billionths > Probability::one) return std::nullopt;
    return Probability{static_cast<std::uint32_t>(*billionths)};
}

}  // namespace bezant::sim
