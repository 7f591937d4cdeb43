// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/odds.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace bezant::sim {
namespace {

/// In thousandths of a per cent, as the paper prints them.
long thousandths_of_percent(PartsPerMillion share, std::uint32_t confirmations) {
    return std::lround(double_spend_odds(share, confirmations) * 100'000);
}

// Rosenfeld 2012, "Analysis of hashrate-based double-spending", table 1: rows q = 10 % and 30 %.
TEST(DoubleSpendOdds, AreThoseOfThePublishedTable) {
    constexpr std::array<long, 6> tenth{20'000, 5'600, 1'712, 546, 178, 59};
    constexpr std::array<long, 6> three_tenths{60'000, 43'200, 32'616, 25'207, 19'762, 15'645};
    for (std::uint32_t n = 1; n <= tenth.size(); ++n) {
        EXPECT_EQ(thousandths_of_percent(100'000, n), tenth.at(n - 1)) << n;
        EXPECT_EQ(thousandths_of_percent(300'000, n), three_tenths.at(n - 1)) << n;
    }
}

TEST(DoubleSpendOdds, AreCertainFromHalfOnAndWhereNobodyWaits) {
    EXPECT_EQ(double_spend_odds(500'000, 6), 1.0);
    EXPECT_EQ(double_spend_odds(600'000, 100), 1.0);
    EXPECT_EQ(double_spend_odds(100'000, 0), 1.0);
    EXPECT_EQ(double_spend_odds(0, 1), 0.0);
}

TEST(DoubleSpendOdds, GrowWithTheShareAndFallWithEveryConfirmation) {
    for (PartsPerMillion share = 10'000; share < 500'000; share += 10'000) {
        for (std::uint32_t n = 1; n <= 30; ++n) {
            EXPECT_LT(double_spend_odds(share, n + 1), double_spend_odds(share, n));
            EXPECT_LE(double_spend_odds(share - 10'000, n), double_spend_odds(share, n));
        }
    }
}

TEST(ChanceOfNone, IsThatOfTheLawOfPoisson) {
    for (const double expected : {0.0, 0.001, 0.4, 1.0, 7.0, 30.0})
        EXPECT_NEAR(chance_of_none(expected), std::exp(-expected), 1e-15);
}

// Catching up has the chance of the gambler's ruin.
TEST(HopelessDeficit, IsCaughtUpOnceInAHundredThousandTimes) {
    EXPECT_EQ(hopeless_deficit(100'000), 6U);
    EXPECT_EQ(hopeless_deficit(300'000), 14U);
    EXPECT_EQ(hopeless_deficit(500'000), 100U);
    EXPECT_EQ(hopeless_deficit(700'000), 14U);
}

}  // namespace
}  // namespace bezant::sim
