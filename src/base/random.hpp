// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "base/time.hpp"

namespace bezant {

/// Seeded random numbers: the same seed gives the same numbers with every compiler and on every
/// machine, so integers only. The generator is xoshiro256** 1.0 (Blackman & Vigna 2018), its state
/// filled by SplitMix64. Not for keys: those come from crypto.
class Random {
public:
    explicit Random(std::uint64_t seed);

    /// A generator of its own for one purpose: streams of different names or numbers are unrelated,
    /// and drawing from one never moves another.
    [[nodiscard]] Random stream(std::string_view name, std::uint64_t number = 0) const;

    /// 64 uniform bits.
    std::uint64_t next() {
        const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
        const std::uint64_t shifted = state_[1] << 17U;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

    /// Uniform in [0, bound), without bias (Lemire 2019); bound must not be 0.
    std::uint64_t below(std::uint64_t bound);

    /// Uniform in [low, high], both included.
    std::int64_t between(std::int64_t low, std::int64_t high);

    /// True with probability numerator / denominator.
    bool chance(std::uint64_t numerator, std::uint64_t denominator) {
        return below(denominator) < numerator;
    }

    /// A draw of the exponential law with mean 1, as a fixed-point number with 32 fractional bits,
    /// exact to about 2^-32. At most 64 ln 2 = 44.4.
    std::uint64_t exponential_q32();

    /// A draw of the exponential law with this mean, which must not be negative.
    Duration exponential(Duration mean);

    /// Puts the items in uniformly random order (Fisher-Yates).
    template <class Items>
    void shuffle(Items& items) {
        for (std::size_t left = items.size(); left > 1; --left) {
            std::swap(items[left - 1], items[below(left)]);
        }
    }

    /// One of the items, each equally likely; there must be one.
    template <class Items>
    auto& pick(Items& items) {
        CHECK(!items.empty(), "something is there to pick from");
        return items[below(items.size())];
    }

private:
    std::uint64_t seed_;
    std::array<std::uint64_t, 4> state_;
};

/// SplitMix64's output function: a bijection of 64 bits in which every input bit moves every output
/// bit (Steele, Lea, Flood 2014).
[[nodiscard]] constexpr std::uint64_t mix_bits(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31U);
}

}  // namespace bezant
