// SPDX-License-Identifier: Apache-2.0
#include "base/amount.hpp"

#include <charconv>

namespace bezant {

namespace {

constexpr std::size_t decimals_max = 8;
constexpr std::size_t decimals_min = 2;

std::optional<std::uint64_t> digits_value(std::string_view digits) {
    std::uint64_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    return value;
}

}  // namespace

std::string to_text(Amount amount) {
    std::string fraction = std::to_string(amount.value % units_per_bezant);
    fraction.insert(0, decimals_max - fraction.size(), '0');
    while (fraction.size() > decimals_min && fraction.back() == '0') fraction.pop_back();
    return std::to_string(amount.value / units_per_bezant) + "." + fraction;
}

std::optional<Amount> amount_from_text(std::string_view text) {
    const std::size_t point = text.find('.');
    const auto whole = digits_value(text.substr(0, point));
    if (!whole || *whole > UINT64_MAX / units_per_bezant) return std::nullopt;
    std::uint64_t units = 0;
    if (point != std::string_view::npos) {
        std::string fraction{text.substr(point + 1)};
        if (fraction.empty() || fraction.size() > decimals_max) return std::nullopt;
        fraction.append(decimals_max - fraction.size(), '0');
        const auto value = digits_value(fraction);
        if (!value) return std::nullopt;
        units = *value;
    }
    return checked_add(bezants(*whole), Amount{units});
}

}  // namespace bezant
