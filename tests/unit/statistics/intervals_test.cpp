// SPDX-License-Identifier: Apache-2.0
// Intervals against published tables, and their promise: so many of a hundred hold the true value.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "base/random.hpp"
#include "statistics/proportion.hpp"
#include "statistics/sample_mean.hpp"

namespace bezant::statistics {
namespace {

SampleMean mean_of(const std::vector<double>& values) {
    SampleMean mean;
    for (const double value : values) mean.add(value);
    return mean;
}

TEST(SampleMean, IsTheMeanAndTheUnbiasedVariance) {
    const SampleMean mean = mean_of({2, 4, 4, 4, 5, 5, 7, 9});
    EXPECT_EQ(mean.count(), 8U);
    EXPECT_DOUBLE_EQ(mean.mean(), 5);
    EXPECT_DOUBLE_EQ(mean.variance(), 32.0 / 7);
}

TEST(SampleMean, FewerThanTwoNumbersHaveNoInterval) {
    EXPECT_FALSE(SampleMean{}.interval());
    EXPECT_FALSE(mean_of({3}).interval());
    EXPECT_EQ(mean_of({3, 3}).interval(), (Interval{3, 3}));
}

/// Numbers of variance 1 whose mean is 0, so that the half width times sqrt(n) is the quantile.
double quantile_of(std::size_t degrees, double confidence) {
    const std::size_t count = degrees + 1;
    std::vector<double> values(count);
    std::iota(values.begin(), values.end(), 0.0);
    const SampleMean raw = mean_of(values);
    for (double& value : values) value = (value - raw.mean()) / std::sqrt(raw.variance());
    return mean_of(values).interval(confidence)->half_width() *
           std::sqrt(static_cast<double>(count));
}

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: critical values of Student's t.
TEST(SampleMean, HasTheQuantilesOfStudentsTable) {
    EXPECT_NEAR(quantile_of(1, 0.95), 12.706, 0.0005);
    EXPECT_NEAR(quantile_of(4, 0.95), 2.776, 0.0005);
    EXPECT_NEAR(quantile_of(10, 0.95), 2.228, 0.0005);
    EXPECT_NEAR(quantile_of(30, 0.95), 2.042, 0.0005);
    EXPECT_NEAR(quantile_of(10, 0.99), 3.169, 0.0005);
    EXPECT_NEAR(quantile_of(100, 0.90), 1.660, 0.0005);
}

TEST(SampleMean, LosesNothingFarFromZero) {
    const SampleMean near = mean_of({1, 2, 4});
    const SampleMean far = mean_of({1e9 + 1, 1e9 + 2, 1e9 + 4});
    EXPECT_NEAR(far.variance(), near.variance(), 1e-6);
}

/// A draw of the normal law (Box and Muller 1958).
double normal(Random& random) {
    const auto uniform = [&] {
        return (static_cast<double>(random.next() >> 11U) + 0.5) * 0x1p-53;
    };
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * 3.141592653589793 * uniform());
}

// 4,000 intervals: that their share is out by 0.015 has a chance of 0.00002.
TEST(SampleMean, NinetyFiveOfAHundredIntervalsHoldTheTrueMean) {
    Random random{1};
    int held = 0;
    for (int trial = 0; trial < 4'000; ++trial) {
        SampleMean mean;
        for (int i = 0; i < 5; ++i) mean.add(7 + 3 * normal(random));
        const Interval interval = *mean.interval();
        held += interval.low <= 7 && 7 <= interval.high ? 1 : 0;
    }
    EXPECT_NEAR(held / 4'000.0, 0.95, 0.015);
}

// Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3.
TEST(Proportion, HasTheIntervalsOfNewcombesTable) {
    const auto expect = [](std::uint64_t successes, std::uint64_t trials, double low, double high) {
        const Interval interval = interval_of_proportion(successes, trials);
        EXPECT_NEAR(interval.low, low, 0.00005);
        EXPECT_NEAR(interval.high, high, 0.00005);
    };
    expect(81, 263, 0.2553, 0.3662);
    expect(15, 148, 0.0624, 0.1605);
    expect(0, 20, 0.0000, 0.1611);
    expect(1, 29, 0.0061, 0.1718);
}

TEST(Proportion, OfAllAlikeEndsThere) {
    EXPECT_EQ(interval_of_proportion(0, 7).low, 0);
    EXPECT_EQ(interval_of_proportion(7, 7).high, 1);
    EXPECT_LT(interval_of_proportion(7, 7).low, 1);
}

// Of 40 trials of chance 0.3 the exact share of intervals that hold it is 0.9443 (sum over the
// binomial law); of 4,000 of them, that it is out by 0.015 has a chance of 0.00004.
TEST(Proportion, AsManyIntervalsHoldTheTrueChanceAsTheLawSays) {
    Random random{2};
    int held = 0;
    for (int trial = 0; trial < 4'000; ++trial) {
        std::uint64_t successes = 0;
        for (int i = 0; i < 40; ++i) successes += random.chance(3, 10) ? 1U : 0U;
        const Interval interval = interval_of_proportion(successes, 40);
        held += interval.low <= 0.3 && 0.3 <= interval.high ? 1 : 0;
    }
    EXPECT_NEAR(held / 4'000.0, 0.9443, 0.015);
}

}  // namespace
}  // namespace bezant::statistics
