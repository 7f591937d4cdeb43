// SPDX-License-Identifier: Apache-2.0
#include "sim/hash_rate_law.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/hash_rate.hpp"

namespace bezant::sim {
namespace {

using Kind = HashRateLaw::Kind;

double mean_of(const std::vector<std::uint64_t>& parts) {
    return std::accumulate(parts.begin(), parts.end(), 0.0) / static_cast<double>(parts.size());
}

TEST(HashRateLaw, GivesEveryoneTheSameIfItIsEqual) {
    const auto parts = miners_parts({}, 7, Random{1});
    EXPECT_EQ(std::ranges::count(parts, parts.front()), 7);
}

TEST(HashRateLaw, SpreadsByTheNormalLaw) {
    constexpr std::uint32_t count = 100'000;
    const auto parts = miners_parts({Kind::normal, 250'000}, count, Random{1});
    const double mean = mean_of(parts);
    double squares = 0;
    std::size_t within_one = 0;
    for (const std::uint64_t part : parts) {
        const double off = (static_cast<double>(part) - mean) / (mean * 0.25);
        squares += off * off;
        if (std::abs(off) < 1) ++within_one;
    }
    EXPECT_NEAR(mean, static_cast<double>(1U << 30U), (1U << 30U) * 0.005);
    EXPECT_NEAR(squares / count, 1.0, 0.03);
    EXPECT_NEAR(static_cast<double>(within_one) / count, 0.6827, 0.01);  // erf(1 / sqrt 2)
}

TEST(HashRateLaw, GivesNobodyNothing) {
    const auto parts = miners_parts({Kind::normal, 10'000'000}, 1'000, Random{1});
    EXPECT_GT(std::ranges::min(parts), 0U);
    EXPECT_GT((miners_parts({Kind::zipf, 10'000'000}, 1'000, Random{1}).back()), 0U);
}

TEST(HashRateLaw, SpreadsByZipf) {
    const auto parts = miners_parts({Kind::zipf, 1'000'000}, 100, Random{1});
    for (std::size_t rank = 1; rank <= parts.size(); ++rank) {
        EXPECT_NEAR(static_cast<double>(parts[rank - 1]) * static_cast<double>(rank),
                    static_cast<double>(parts.front()), static_cast<double>(parts.front()) * 1e-6);
    }
    const auto steep = miners_parts({Kind::zipf, 500'000}, 4, Random{1});
    EXPECT_NEAR(static_cast<double>(steep[0]) / static_cast<double>(steep[3]), 2.0, 1e-6);
}

TEST(HashRateLaw, KeepsTheWholeRate) {
    Scenario scenario;
    scenario.participants = 50;
    scenario.mining.hash_rate = 1'000'000;
    scenario.mining.law = {Kind::normal, 300'000};
    std::uint64_t sum = 0;
    for (const HashRate& rate : hash_rates(scenario)) sum += rate.per_million_seconds;
    EXPECT_NEAR(static_cast<double>(sum), 1e12, 50);
    const std::uint64_t with_seed_one = hash_rates(scenario)[0].per_million_seconds;
    scenario.seed = 2;
    EXPECT_NE(hash_rates(scenario)[0].per_million_seconds, with_seed_one);
}

}  // namespace
}  // namespace bezant::sim
