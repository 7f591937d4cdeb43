// SPDX-License-Identifier: Apache-2.0
#include "sim/hash_rate_law.hpp"

#include <algorithm>

#include "base/fixed_point.hpp"

namespace bezant::sim {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t one_q32 = std::uint64_t{1} << 32U;
constexpr std::uint64_t whole_ppm = 1'000'000;
/// The mean of the normal law, and the first of Zipf's.
constexpr std::uint64_t part = std::uint64_t{1} << 30U;
constexpr std::uint64_t part_min = part / 1'000;

/// The size of a draw of the standard normal law (von Neumann 1951: a draw x of the exponential law
/// is kept with chance e^(-(x - 1)^2 / 2), which another such draw decides).
std::uint64_t half_normal_q32(Random& random) {
    while (true) {
        const std::uint64_t x = random.exponential_q32();
        const std::uint64_t from_one = x > one_q32 ? x - one_q32 : one_q32 - x;
        const auto half_square =
            static_cast<std::uint64_t>((static_cast<Wide>(from_one) * from_one) >> 33U);
        if (random.exponential_q32() >= half_square) return x;
    }
}

std::uint64_t normal_part(std::uint32_t deviation_ppm, Random& random) {
    const Wide scaled = static_cast<Wide>(half_normal_q32(random)) * deviation_ppm;
    const auto off = static_cast<std::uint64_t>((scaled / whole_ppm * part) >> 32U);
    if (random.chance(1, 2)) return part + off;
    return off + part_min > part ? part_min : part - off;
}

/// rank^-exponent = 1 / e^(exponent ln rank)
std::uint64_t zipf_part(std::uint32_t exponent_ppm, std::uint32_t rank) {
    const Wide power = static_cast<Wide>(logarithm_q32(rank)) * exponent_ppm / whole_ppm;
    const std::uint64_t divisor_q32 = exponential_q32(static_cast<std::uint64_t>(power));
    return std::max<std::uint64_t>(1, part * one_q32 / divisor_q32);
}

}  // namespace

std::vector<std::uint64_t> miners_parts(HashRateLaw law, std::uint32_t miners, Random random) {
    std::vector<std::uint64_t> parts(miners, part);
    if (law.kind == HashRateLaw::Kind::normal) {
        for (std::uint64_t& each : parts) each = normal_part(law.parameter_ppm, random);
    } else if (law.kind == HashRateLaw::Kind::zipf) {
        for (std::uint32_t i = 0; i < miners; ++i) parts[i] = zipf_part(law.parameter_ppm, i + 1);
    }
    return parts;
}

}  // namespace bezant::sim
