// SPDX-License-Identifier: Apache-2.0
#include "rules/asert.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant {

namespace {

__extension__ using Wide = __int128;

constexpr unsigned radix_bits = 16;
constexpr std::int64_t radix = 1 << radix_bits;
constexpr unsigned mantissa_bits_max = 23;

/// The power of two that the anchor's target is multiplied by: 2^(doublings + fraction / radix).
struct Exponent {
    std::int64_t doublings = 0;  ///< may be negative
    std::uint64_t fraction = 0;  ///< below radix
};

/// Beyond this many doublings every target is at one end of its range.
constexpr std::int64_t doublings_max = 512;

/// The specification divides towards zero, then splits towards minus infinity.
Exponent exponent_of(const AsertRule& rule, const AsertPosition& position) {
    const Wide ideal =
        static_cast<Wide>(rule.ideal_seconds) * (static_cast<Wide>(position.height_delta) + 1);
    const Wide exponent = (position.time_delta - ideal) * radix / rule.half_life_seconds;
    const Wide doublings = exponent >> radix_bits;
    if (doublings > doublings_max) return {doublings_max, 0};
    if (doublings < -doublings_max) return {-doublings_max, 0};
    return {static_cast<std::int64_t>(doublings),
            static_cast<std::uint64_t>(exponent - doublings * radix)};
}

/// radix * 2^(fraction / radix) for a fraction below radix: the specification's cubic. The sum
/// stays below 2^64 (18,446,563,080,438,344,768 at the most).
std::uint64_t power_of_two_of(std::uint64_t fraction) {
    const std::uint64_t polynomial = 195'766'423'245'049ULL * fraction +
                                     971'821'376ULL * fraction * fraction +
                                     5'127ULL * fraction * fraction * fraction + (1ULL << 47U);
    return static_cast<std::uint64_t>(radix) + (polynomial >> 48U);
}

/// value * 2^exponent rounded down, or the greatest number if that does not fit.
Uint256 scaled(std::uint64_t value, std::int64_t exponent) {
    const Uint256 wide{value};
    if (exponent <= 0) return wide >> static_cast<unsigned>(-exponent);
    if (exponent + wide.bit_length() > 256) return Uint256::max();
    return wide << static_cast<unsigned>(exponent);
}

}  // namespace

CompactTarget asert_target(const AsertRule& rule, const AsertPosition& position) {
    CHECK(rule.half_life_seconds > 0, "a network that steers its target has a half life");
    const auto anchor = target_from_compact(rule.anchor);
    const auto limit = target_from_compact(rule.limit);
    CHECK(anchor && limit, "a network's own targets are well formed");

    // A compact target has few significant bits: split off the zeros below them, and the product
    // fits 64 bits whatever the target.
    const unsigned bits = anchor->bit_length();
    const unsigned zeros = bits > mantissa_bits_max ? bits - mantissa_bits_max : 0;
    const std::uint64_t mantissa = (*anchor >> zeros).low64();

    const Exponent exponent = exponent_of(rule, position);
    const std::uint64_t product = mantissa * power_of_two_of(exponent.fraction);
    const Uint256 target =
        scaled(product, exponent.doublings + static_cast<std::int64_t>(zeros) - radix_bits);
    return compact_from_target(std::clamp(target, Uint256{1}, *limit));
}

}  // namespace bezant
