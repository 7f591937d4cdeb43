// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/strong_integer.hpp"

namespace bezant {

/// A count of the smallest unit of money. No floating point comes near it; sums are checked.
struct AmountTag;
using Amount = StrongInteger<AmountTag, std::uint64_t>;

inline constexpr std::uint64_t units_per_bezant = 100'000'000;

constexpr Amount bezants(std::uint64_t whole) { return Amount{whole * units_per_bezant}; }

/// The sum, or nothing if 64 bits cannot hold it.
[[nodiscard]] constexpr std::optional<Amount> checked_add(Amount left, Amount right) {
    const std::uint64_t sum = left.value + right.value;
    if (sum < left.value) return std::nullopt;
    return Amount{sum};
}

/// The difference, or nothing if it would be negative.
[[nodiscard]] constexpr std::optional<Amount> checked_subtract(Amount left, Amount right) {
    if (right > left) return std::nullopt;
    return Amount{left.value - right.value};
}

/// Decimal text of an amount in bezants, exact, with at least two decimals: "10.00", "0.00000001".
[[nodiscard]] std::string to_text(Amount amount);

/// Amount of decimal text in bezants, at most eight decimals; nothing for a sign, an exponent,
/// other text, or more than 64 bits of units.
[[nodiscard]] std::optional<Amount> amount_from_text(std::string_view text);

}  // namespace bezant
