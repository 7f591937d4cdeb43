// SPDX-License-Identifier: Apache-2.0
#include "base/fixed_point.hpp"

#include "base/check.hpp"
#include "base/random.hpp"

namespace bezant {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t ln2_q64 = 0xb17217f7d1cf79abULL;
constexpr unsigned series_length = 20;  // ln(2)^20 / 20! is below 2^-70

constexpr std::uint64_t high_half(std::uint64_t left, std::uint64_t right) {
    return static_cast<std::uint64_t>((static_cast<Wide>(left) * right) >> 64U);
}

/// e^x for x below ln 2 with 64 fractional bits; the result, in [1, 2), has 62.
std::uint64_t exponential_below_two(std::uint64_t x_q64) {
    constexpr std::uint64_t one = std::uint64_t{1} << 62U;
    std::uint64_t sum = one;
    for (unsigned i = series_length; i > 0; --i) sum = one + high_half(x_q64, sum) / i;
    return sum;
}

}  // namespace

std::uint64_t exponential_q32(std::uint64_t x_q32) {
    const Wide x_q64 = static_cast<Wide>(x_q32) << 32U;
    const auto doublings = static_cast<std::uint64_t>(x_q64 / ln2_q64);
    if (doublings >= 32) return UINT64_MAX;
    const auto rest = static_cast<std::uint64_t>(x_q64 % ln2_q64);
    const Wide result = static_cast<Wide>(exponential_below_two(rest)) << doublings;
    return static_cast<std::uint64_t>(result >> 30U);
}

std::uint64_t logarithm_q32(std::uint64_t number) {
    CHECK(number > 0, "a logarithm is of a positive number");
    // ln n = ln 2^64 - (-ln(n / 2^64))
    const auto whole = static_cast<std::uint64_t>((static_cast<Wide>(ln2_q64) << 6U) >> 32U);
    return whole - negative_log_q32(number - 1);
}

}  // namespace bezant
