// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bezant {
namespace {

TEST(Random, SameSeedGivesTheSameNumbers) {
    Random first{42};
    Random second{42};
    for (int i = 0; i < 100; ++i) ASSERT_EQ(first.next(), second.next());
}

TEST(Random, StreamsAreIndependentOfHowMuchTheirParentDrew) {
    Random parent{7};
    Random before = parent.stream("links", 3);
    parent.next();
    Random after = parent.stream("links", 3);
    ASSERT_EQ(before.next(), after.next());
    ASSERT_NE(parent.stream("links", 3).next(), parent.stream("links", 4).next());
    ASSERT_NE(parent.stream("links", 3).next(), parent.stream("nodes", 3).next());
}

TEST(Random, NegativeLogAgreesWithTheMathLibrary) {
    Random random{1};
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t bits = random.next() >> random.below(64);
        const double expected = -(std::log(static_cast<double>(bits) + 1.0) - 64.0 * std::log(2.0));
        ASSERT_NEAR(static_cast<double>(negative_log_q32(bits)) / 4294967296.0, expected, 1e-9);
    }
    ASSERT_EQ(negative_log_q32(UINT64_MAX), 0U);
}

TEST(Random, NegativeLogIsExactToItsLastBit) {
    Random random{2};
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t bits = random.next() >> random.below(64);
        const long double exact =
            64.0L * std::log(2.0L) - std::log(static_cast<long double>(bits) + 1.0L);
        const auto found = static_cast<long double>(negative_log_q32(bits)) / 4294967296.0L;
        ASSERT_LT(std::fabs(found - exact), 1.01L / 4294967296.0L) << bits;
    }
}

TEST(Random, ExponentialHasTheMeanAskedFor) {
    Random random{2};
    double sum = 0;
    constexpr int draws = 200'000;
    for (int i = 0; i < draws; ++i) {
        sum += static_cast<double>(random.exponential(seconds(10)).microseconds);
    }
    ASSERT_NEAR(sum / draws, 1e7, 1e7 * 5 / std::sqrt(static_cast<double>(draws)));
}

TEST(Random, BelowStaysBelowAndReachesEverything) {
    Random random{3};
    std::array<int, 7> counts{};
    for (int i = 0; i < 7000; ++i) ++counts.at(random.below(7));
    for (const int count : counts) ASSERT_NEAR(count, 1000, 200);
}

}  // namespace
}  // namespace bezant
