// SPDX-License-Identifier: Apache-2.0
#include "net/redial.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <random>

namespace bezant::net {
namespace {

constexpr RedialDelays delays{.first = seconds(1), .longest = seconds(60), .lasting = seconds(5)};
constexpr std::optional<Duration> failed;

TEST(Redial, WaitsTwiceAsLongEachTime) {
    RedialPace pace{delays};
    for (const int expected : {1, 2, 4, 8, 16, 32, 60, 60})
        EXPECT_EQ(pace.delay_after(failed), seconds(expected));
}

TEST(Redial, WaitsLongerForWhoeverHangsUpAtOnce) {
    RedialPace pace{delays};
    for (const int expected : {1, 2, 4}) {
        EXPECT_EQ(pace.delay_after(delays.lasting - microseconds(1)), seconds(expected));
    }
}

TEST(Redial, BeginsAnewWhenAConnectionHasLasted) {
    RedialPace pace{delays};
    for (int i = 0; i < 9; ++i) (void)pace.delay_after(failed);
    EXPECT_EQ(pace.delay_after(delays.lasting), delays.first);
    EXPECT_EQ(pace.delay_after(failed), delays.first * 2);
}

// Connections that stand for 20 seconds on average, after a long time without any.
TEST(Redial, UsesALinkThatBreaksOften) {
    std::mt19937_64 random{1};
    std::exponential_distribution<double> life{1.0 / 20};
    RedialPace pace{delays};
    for (int i = 0; i < 9; ++i) (void)pace.delay_after(failed);
    double stood = 0, waited = 0;
    for (int i = 0; i < 1'000; ++i) {
        const double seconds_stood = life(random);
        stood += seconds_stood;
        const Duration span = microseconds(std::llround(seconds_stood * 1e6));
        waited += static_cast<double>(pace.delay_after(span).microseconds) / 1e6;
    }
    EXPECT_GT(stood / (stood + waited), 0.9);
}

}  // namespace
}  // namespace bezant::net
