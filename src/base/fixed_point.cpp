// SPDX-License-Identifier: Apache-2.0
#include "base/fixed_point.hpp"

#include <array>
#include <bit>

#include "base/check.hpp"

namespace bezant {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t ln2_q64 = 0xb17217f7d1cf79abULL;  // ln 2 = 0.693147..., 64 fractional bits
constexpr unsigned table_bits = 8;
constexpr std::uint64_t table_size = std::uint64_t{1} << table_bits;

constexpr std::uint64_t high_half(std::uint64_t left, std::uint64_t right) {
    return static_cast<std::uint64_t>((static_cast<Wide>(left) * right) >> 64U);
}

/// log2 of a mantissa in [1, 2) with 63 fractional bits, by repeated squaring: each squaring shows
/// the next binary digit. The result has 64 fractional bits.
constexpr std::uint64_t log2_by_squaring(std::uint64_t mantissa_q63) {
    std::uint64_t result = 0;
    for (unsigned bit = 0; bit < 64; ++bit) {
        const Wide square = static_cast<Wide>(mantissa_q63) * mantissa_q63;
        const bool at_least_two = (square >> 127U) != 0;
        mantissa_q63 = static_cast<std::uint64_t>(square >> (at_least_two ? 64U : 63U));
        result = (result << 1U) | (at_least_two ? 1U : 0U);
    }
    return result;
}

/// For the numbers c = 1 + i / 256.
struct LogTable {
    std::array<std::uint64_t, table_size> logs_q64{};      ///< ln c
    std::array<std::uint64_t, table_size> inverses_q63{};  ///< 1 / c, rounded up
};

constexpr LogTable make_log_table() {
    LogTable table;
    for (std::uint64_t i = 0; i < table_size; ++i) {
        const std::uint64_t c = table_size + i;
        table.logs_q64[i] = high_half(log2_by_squaring(c << (63U - table_bits)), ln2_q64);
        table.inverses_q63[i] =
            static_cast<std::uint64_t>(((Wide{1} << (63U + table_bits)) + c - 1) / c);
    }
    return table;
}

constexpr LogTable log_table = make_log_table();

/// ln(1 + d) for d below 2^-8, by its series up to d^5; all with 64 fractional bits.
std::uint64_t log_near_one(std::uint64_t d) {
    std::uint64_t sum = UINT64_MAX / 4 - high_half(d, UINT64_MAX / 5);
    sum = UINT64_MAX / 3 - high_half(d, sum);
    sum = UINT64_MAX / 2 - high_half(d, sum);
    return d - high_half(d, high_half(d, sum));
}

/// ln of a mantissa in [1, 2) with 63 fractional bits; the result has 64. The mantissa is some c of
/// the table times a number near 1.
std::uint64_t log_of_mantissa(std::uint64_t mantissa_q63) {
    const std::uint64_t i = (mantissa_q63 >> (63U - table_bits)) - table_size;
    const auto near_one_q63 = static_cast<std::uint64_t>(
        (static_cast<Wide>(mantissa_q63) * log_table.inverses_q63[i]) >> 63U);
    return log_table.logs_q64[i] + log_near_one(near_one_q63 << 1U);
}

constexpr unsigned series_length = 20;  // ln(2)^20 / 20! is below 2^-70

/// e^x for x below ln 2 with 64 fractional bits; the result, in [1, 2), has 62.
std::uint64_t exponential_below_two(std::uint64_t x_q64) {
    constexpr std::uint64_t one = std::uint64_t{1} << 62U;
    std::uint64_t sum = one;
    for (unsigned i = series_length; i > 0; --i) sum = one + high_half(x_q64, sum) / i;
    return sum;
}

}  // namespace

std::uint64_t negative_log_q32(std::uint64_t bits) {
    if (bits == UINT64_MAX) return 0;
    const std::uint64_t value = bits + 1;
    const auto zeros = static_cast<unsigned>(std::countl_zero(value));
    // value / 2^64 = mantissa * 2^-(zeros + 1), mantissa in [1, 2).
    const Wide log_of_power = static_cast<Wide>(zeros + 1) * ln2_q64;
    return static_cast<std::uint64_t>((log_of_power - log_of_mantissa(value << zeros)) >> 32U);
}

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
