// SPDX-License-Identifier: Apache-2.0
#include "sim/latency_law.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bezant::sim {
namespace {

std::vector<double> draws_of(const LatencyLaw& law, std::size_t count, std::uint64_t seed) {
    Random random{seed};
    std::vector<double> draws;
    for (std::size_t i = 0; i < count; ++i) draws.push_back(law.draw_us(random));
    return draws;
}

TEST(LatencyLaw, TakesTheSameTimeWhereItIsFixed) {
    const LatencyLaw law{LatencyKind::fixed, milliseconds(80)};
    Random random{1};
    for (int i = 0; i < 5'000; ++i) ASSERT_EQ(law.draw_us(random), 80'000U);
    EXPECT_EQ(law.least_us(), 80'000U);
}

TEST(LatencyLaw, NeverTakesLongerThanHalfAnHour) {
    const LatencyLaw law{LatencyKind::fixed, seconds(100'000)};
    EXPECT_EQ(law.least_us(), 1'800'000'000U);
    EXPECT_EQ((LatencyLaw{LatencyKind::pareto, {}}.least_us()), 0U);
}

/// Of a million draws the share above a value must lie within five standard deviations of what the
/// law says: a false alarm in two million.
TEST(LatencyLaw, HasTheTailOfThePareto) {
    constexpr std::size_t count = 1'000'000;
    for (const std::int64_t mean_ms : {3, 11, 32, 124, 325}) {
        const LatencyLaw law{LatencyKind::pareto, milliseconds(mean_ms)};
        const std::vector<double> draws = draws_of(law, count, static_cast<std::uint64_t>(mean_ms));
        const double mean = static_cast<double>(mean_ms) * 1'000;
        const double spread = std::min(5'000.0, mean / 2);
        const double least = mean - spread;
        EXPECT_NEAR(law.least_us(), least, 1.0);
        for (const double value : {least * 1.05, least * 1.3, least * 3, least * 20}) {
            const double expected = std::pow(least / value, mean / spread);
            const auto above = static_cast<double>(
                std::ranges::count_if(draws, [&](double draw) { return draw > value; }));
            const double deviation = std::sqrt(count * expected * (1 - expected));
            // A table of straight pieces is off by a thousandth at most.
            EXPECT_NEAR(above, count * expected, 5 * deviation + count * 1e-3 * expected)
                << mean_ms << " ms, above " << value;
        }
    }
}

TEST(LatencyLaw, HasTheMeanItSays) {
    for (const std::int64_t mean_ms : {32, 124, 325}) {
        const LatencyLaw law{LatencyKind::pareto, milliseconds(mean_ms)};
        double sum = 0;
        for (const double draw : draws_of(law, 200'000, 7)) sum += draw;
        EXPECT_NEAR(sum / 200'000 / 1'000, static_cast<double>(mean_ms),
                    static_cast<double>(mean_ms) * 0.01);
    }
}

}  // namespace
}  // namespace bezant::sim
