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
