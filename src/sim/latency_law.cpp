// SPDX-License-Identifier: Apache-2.0
#include "sim/latency_law.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/fixed_point.hpp"

namespace bezant::sim {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t latency_us_max = std::uint64_t{30} * 60 * 1'000'000;
constexpr Duration spread_max = milliseconds(5);

std::uint32_t scaled(std::uint64_t us, std::uint64_t factor_q32) {
    const Wide product = (static_cast<Wide>(us) * factor_q32) >> 32U;
    return static_cast<std::uint32_t>(std::min<Wide>(product, latency_us_max));
}

}  // namespace

LatencyLaw::LatencyLaw(LatencyKind kind, Duration mean) : tail_q32_(std::uint64_t{1} << 32U) {
    CHECK(mean.microseconds >= 0, "a latency is not negative");
    const auto mean_us = std::min(static_cast<std::uint64_t>(mean.microseconds), latency_us_max);
    quantiles_us_.fill(static_cast<std::uint32_t>(mean_us));
    if (kind == LatencyKind::fixed || mean_us == 0) return;
    const std::uint64_t spread_us =
        std::min(static_cast<std::uint64_t>(spread_max.microseconds), mean_us / 2);
    // The chance to exceed to the power of -spread / mean, times the least value.
    const auto factor_q32 = [&](std::uint64_t minus_log_q32) {
        const Wide exponent = static_cast<Wide>(minus_log_q32) * spread_us / mean_us;
        return exponential_q32(static_cast<std::uint64_t>(exponent));
    };
    for (std::uint32_t i = 0; i < size; ++i) {
        const std::uint64_t minus_log = logarithm_q32(size) - logarithm_q32(i + 1);
        quantiles_us_[i] = scaled(mean_us - spread_us, factor_q32(minus_log));
    }
    tail_q32_ = factor_q32(logarithm_q32(size));
}

std::uint32_t LatencyLaw::draw_from_tail(Random& random) const {
    return scaled(draw_us(random), tail_q32_);
}

}  // namespace bezant::sim
