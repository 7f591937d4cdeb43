// SPDX-License-Identifier: Apache-2.0
#include "base/fixed_point.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"

namespace bezant {
namespace {

constexpr double one_q32 = 4294967296.0;

TEST(FixedPoint, NegativeLogAgreesWithTheMathLibrary) {
    Random random{1};
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t bits = random.next() >> random.below(64);
        const double expected = -(std::log(static_cast<double>(bits) + 1.0) - 64.0 * std::log(2.0));
        ASSERT_NEAR(static_cast<double>(negative_log_q32(bits)) / 4294967296.0, expected, 1e-9);
    }
    ASSERT_EQ(negative_log_q32(UINT64_MAX), 0U);
}

TEST(FixedPoint, NegativeLogIsExactToItsLastBit) {
    Random random{2};
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t bits = random.next() >> random.below(64);
        const long double exact =
            64.0L * std::log(2.0L) - std::log(static_cast<long double>(bits) + 1.0L);
        const auto found = static_cast<long double>(negative_log_q32(bits)) / 4294967296.0L;
        ASSERT_LT(std::fabs(found - exact), 1.01L / 4294967296.0L) << bits;
    }
}

TEST(FixedPoint, ExponentialIsThatOfTheMathematicsLibrary) {
    EXPECT_EQ(exponential_q32(0), std::uint64_t{1} << 32U);
    Random random{1};
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t x = random.below(std::uint64_t{22} << 32U);
        const double expected = std::exp(static_cast<double>(x) / one_q32);
        const double got = static_cast<double>(exponential_q32(x)) / one_q32;
        ASSERT_NEAR(got / expected, 1.0, 1e-9) << x;
    }
}

TEST(FixedPoint, ExponentialSaysWhenItIsTooLarge) {
    EXPECT_LT(exponential_q32((std::uint64_t{22} << 32U)), UINT64_MAX);
    EXPECT_EQ(exponential_q32((std::uint64_t{23} << 32U)), UINT64_MAX);
    EXPECT_EQ(exponential_q32(UINT64_MAX), UINT64_MAX);
}

TEST(FixedPoint, LogarithmIsThatOfTheMathematicsLibrary) {
    EXPECT_EQ(logarithm_q32(1), 0U);
    Random random{2};
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t number = (random.next() >> random.below(64)) | 1U;
        const double expected = std::log(static_cast<double>(number));
        ASSERT_NEAR(static_cast<double>(logarithm_q32(number)) / one_q32, expected, 1e-8) << number;
    }
}

TEST(FixedPointDeathTest, NothingHasNoLogarithm) {
    EXPECT_DEATH(static_cast<void>(logarithm_q32(0)), "positive number");
}

}  // namespace
}  // namespace bezant
