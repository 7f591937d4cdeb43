// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include "base/fixed_point.hpp"

namespace bezant {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t golden_gamma = 0x9e3779b97f4a7c15ULL;

}  // namespace

Random::Random(std::uint64_t seed) : seed_(seed), state_{} {
    for (std::uint64_t& word : state_) {
        seed += golden_gamma;
        word = mix_bits(seed);
    }
}

Random Random::stream(std::string_view name, std::uint64_t number) const {
    std::uint64_t hash = mix_bits(seed_ + golden_gamma);
    for (const char letter : name) {
        hash = mix_bits(hash ^ static_cast<unsigned char>(letter)) + golden_gamma;
    }
    return Random{mix_bits(hash ^ mix_bits(number + golden_gamma))};
}

std::uint64_t Random::below(std::uint64_t bound) {
    CHECK(bound != 0, "a range has something in it");
    Wide product = static_cast<Wide>(next()) * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
        const std::uint64_t threshold = -bound % bound;
        while (static_cast<std::uint64_t>(product) < threshold)
            product = static_cast<Wide>(next()) * bound;
    }
    return static_cast<std::uint64_t>(product >> 64U);
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
    CHECK(low <= high, "a range runs from low to high");
    const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    if (width == UINT64_MAX) return static_cast<std::int64_t>(next());
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + below(width + 1));
}

std::uint64_t Random::exponential_q32() { return negative_log_q32(next()); }

Duration Random::exponential(Duration mean) {
    CHECK(mean.microseconds >= 0, "a mean time is not negative");
    const Wide scaled =
        static_cast<Wide>(exponential_q32()) * static_cast<std::uint64_t>(mean.microseconds);
    const Wide rounded = (scaled + (Wide{1} << 31U)) >> 32U;
    return {rounded > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(rounded)};
}

}  // namespace bezant
