// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "base/random.hpp"
#include "base/time.hpp"

namespace bezant::sim {

enum class LatencyKind : std::uint8_t {
    fixed,   ///< always the mean
    pareto,  ///< the Pareto law with this mean and a least value 5 ms below it, as SimBlock has it
};

/// The law of the time that messages between two places take. A draw reads one number of a table of
/// quantiles: it costs a few nanoseconds where the law itself would cost a power.
class LatencyLaw {
public:
    LatencyLaw() = default;

    /// With mean m and spread s = 5 ms, but at most m / 2, a latency above m - s is exceeded with
    /// chance ((m - s) / latency)^(m / s): that has mean m (Aoki et al. 2019, "SimBlock"; its shape
    /// is written as 0.2 times the mean in milliseconds).
    LatencyLaw(LatencyKind kind, Duration mean);

    /// No draw is less.
    [[nodiscard]] std::uint32_t least_us() const { return quantiles_us_[size - 1]; }

    /// Microseconds; at most half an hour.
    [[nodiscard]] std::uint32_t draw_us(Random& random) const {
        const std::uint64_t bits = random.next();
        const auto place = static_cast<std::uint32_t>(bits >> place_shift);
        if (place == 0) return draw_from_tail(random);
        const std::uint64_t fraction = bits << bits_of_place >> 32U;
        const std::uint64_t above = quantiles_us_[place - 1] - quantiles_us_[place];
        return quantiles_us_[place] + static_cast<std::uint32_t>(above * fraction >> 32U);
    }

private:
    static constexpr unsigned bits_of_place = 10;
    static constexpr unsigned place_shift = 64 - bits_of_place;
    static constexpr std::uint32_t size = 1U << bits_of_place;

    [[nodiscard]] std::uint32_t draw_from_tail(Random& random) const;

    /// What is exceeded with chance (i + 1) / size: never rising.
    std::array<std::uint32_t, size> quantiles_us_{};
    /// How much longer the longest one in `size` are than all, with 32 fractional bits: of this law
    /// the tail is the whole on a larger scale.
    std::uint64_t tail_q32_ = 0;
};

}  // namespace bezant::sim
