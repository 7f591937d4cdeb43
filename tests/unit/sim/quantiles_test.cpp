// SPDX-License-Identifier: Apache-2.0
#include "sim/quantiles.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.hpp"
#include "tests/seeds.hpp"

namespace bezant::sim {
namespace {

TEST(Quantiles, OfNothingAreZero) { EXPECT_EQ(Quantiles{}.at(500'000), Duration{}); }

TEST(Quantiles, AreExactForSmallValues) {
    Quantiles quantiles;
    for (int i = 1; i <= 100; ++i) quantiles.add(microseconds(i));
    EXPECT_EQ(quantiles.at(500'000), microseconds(50));
    EXPECT_EQ(quantiles.at(990'000), microseconds(99));
    EXPECT_EQ(quantiles.at(1'000'000), microseconds(100));
    EXPECT_EQ(quantiles.at(0), microseconds(1));
}

TEST(Quantiles, AreWithinOnePartIn1024OfTheSortedSamples) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(50); ++seed) {
        Random random{seed};
        Quantiles quantiles;
        std::vector<std::int64_t> samples;
        for (std::uint64_t i = 0; i < 1 + random.below(500); ++i) {
            const std::uint64_t bound = std::uint64_t{1} << (1 + random.below(62));
            samples.push_back(static_cast<std::int64_t>(random.below(bound)));
            quantiles.add(microseconds(samples.back()));
        }
        std::ranges::sort(samples);
        for (const std::uint32_t million : {1U, 10'000U, 500'000U, 900'000U, 1'000'000U}) {
            const std::size_t rank = (samples.size() * million + 999'999) / 1'000'000;
            const std::int64_t exact = samples[rank - 1];
            const std::int64_t found = quantiles.at(million).microseconds;
            EXPECT_LE(found, exact) << "seed " << seed;
            EXPECT_LE(exact - found, exact / 1024) << "seed " << seed;
        }
    }
}

}  // namespace
}  // namespace bezant::sim
