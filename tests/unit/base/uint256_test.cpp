// SPDX-License-Identifier: Apache-2.0
#include "base/uint256.hpp"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>

#include "base/random.hpp"

namespace bezant {
namespace {

// The twin that every operation is held against: integers without bounds.
using Twin = boost::multiprecision::cpp_int;

Twin twin_of(const Uint256& value) {
    const auto bytes = value.to_little_endian();
    Twin twin;
    import_bits(twin, bytes.begin(), bytes.end(), 8, false);
    return twin;
}

Twin twin_power_of_two(unsigned exponent) { return pow(Twin{2}, exponent); }

const Twin modulus = twin_power_of_two(256);

// Of any length, with runs of ones and zeros as often as not: carries run far in those.
Uint256 random_number(Random& random) {
    std::array<Byte, 32> bytes{};
    const std::uint64_t count = random.below(33);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t kind = random.below(4);
        bytes.at(i) = kind == 0   ? Byte{0xff}
                      : kind == 1 ? Byte{0}
                                  : static_cast<Byte>(random.next());
    }
    return Uint256::from_little_endian(bytes);
}

class Uint256Test : public testing::Test {
protected:
    static constexpr int rounds = 5000;
    Random random{1};
};

TEST_F(Uint256Test, AddsSubtractsAndComparesAsItsTwin) {
    for (int i = 0; i < rounds; ++i) {
        const Uint256 a = random_number(random);
        const Uint256 b = random_number(random);
        ASSERT_EQ(twin_of(a + b), (twin_of(a) + twin_of(b)) % modulus);
        ASSERT_EQ(twin_of(a - b), (modulus + twin_of(a) - twin_of(b)) % modulus);
        ASSERT_EQ(twin_of(~a), modulus - 1 - twin_of(a));
        ASSERT_EQ(a < b, twin_of(a) < twin_of(b));
        ASSERT_EQ(a == b, twin_of(a) == twin_of(b));
    }
}

TEST_F(Uint256Test, DividesAsItsTwin) {
    for (int i = 0; i < rounds; ++i) {
        const Uint256 a = random_number(random);
        const Uint256 b = random_number(random);
        if (b.is_zero()) continue;
        ASSERT_EQ(twin_of(a / b), twin_of(a) / twin_of(b));
    }
}

TEST_F(Uint256Test, ShiftsAsItsTwin) {
    for (unsigned bits = 0; bits < 300; ++bits) {
        for (int i = 0; i < 10; ++i) {
            const Uint256 a = random_number(random);
            ASSERT_EQ(twin_of(a << bits), twin_of(a) * twin_power_of_two(bits) % modulus) << bits;
            ASSERT_EQ(twin_of(a >> bits), twin_of(a) / twin_power_of_two(bits)) << bits;
        }
    }
}

TEST_F(Uint256Test, MultipliesUnlessItDoesNotFit) {
    int fitted = 0;
    for (int i = 0; i < rounds; ++i) {
        const Uint256 a = random_number(random);
        const std::uint64_t factor = random.next() >> random.below(64);
        const Twin exact = twin_of(a) * factor;
        const auto product = checked_multiply(a, factor);
        ASSERT_EQ(product.has_value(), exact < modulus);
        if (!product) continue;
        ++fitted;
        ASSERT_EQ(twin_of(*product), exact);
    }
    EXPECT_GT(fitted, rounds / 10);
    EXPECT_LT(fitted, rounds);
}

TEST_F(Uint256Test, SumIsCheckedAtTheVeryEnd) {
    EXPECT_EQ(checked_add(Uint256::max(), Uint256{}), Uint256::max());
    EXPECT_EQ(checked_add(Uint256::max(), Uint256{1}), std::nullopt);
    EXPECT_EQ(checked_add(Uint256::max() - Uint256{5}, Uint256{5}), Uint256::max());
    EXPECT_EQ(checked_add(Uint256::max(), Uint256::max()), std::nullopt);
}

TEST_F(Uint256Test, BytesAreLeastSignificantFirst) {
    std::array<Byte, 32> bytes{};
    bytes[0] = 0x34;
    bytes[1] = 0x12;
    EXPECT_EQ(Uint256::from_little_endian(bytes), Uint256{0x1234});
    for (int i = 0; i < 100; ++i) {
        const Uint256 a = random_number(random);
        ASSERT_EQ(Uint256::from_little_endian(a.to_little_endian()), a);
    }
}

TEST_F(Uint256Test, BitLengthReachesTheHighestBit) {
    EXPECT_EQ(Uint256{}.bit_length(), 0U);
    EXPECT_EQ(Uint256::max().bit_length(), 256U);
    for (unsigned bit = 0; bit < 256; ++bit) {
        const Uint256 power = Uint256::power_of_two(bit);
        EXPECT_EQ(power.bit_length(), bit + 1);
        EXPECT_EQ((power - Uint256{1}).bit_length(), bit);
        EXPECT_EQ(twin_of(power), twin_power_of_two(bit));
    }
}

TEST_F(Uint256Test, DoubleIsTheNearest) {
    for (int i = 0; i < rounds; ++i) {
        const Uint256 a = random_number(random);
        const double rounded = a.to_double();
        const Twin distance = abs(twin_of(a) - Twin{rounded});
        ASSERT_LE(distance, abs(twin_of(a) - Twin{std::nextafter(rounded, 0.0)}));
        ASSERT_LE(distance, abs(twin_of(a) - Twin{std::nextafter(rounded, 1e300)}));
    }
    EXPECT_EQ(Uint256{}.to_double(), 0.0);
    EXPECT_EQ(Uint256::max().to_double(), 0x1p256);
}

// Just above the middle of two doubles: only the lowest of 256 bits says so.
TEST_F(Uint256Test, DoubleOfNearlyATieGoesTheRightWay) {
    const Uint256 tie = Uint256::power_of_two(255) + Uint256::power_of_two(255 - 53);
    EXPECT_EQ(tie.to_double(), 0x1p255);
    EXPECT_EQ((tie + Uint256{1}).to_double(), 0x1.0000000000001p255);
    EXPECT_EQ((tie - Uint256{1}).to_double(), 0x1p255);
}

TEST(Uint256DeathTest, MistakesOfTheProgramAreCaught) {
    EXPECT_DEATH((void)(Uint256{1} / Uint256{}), "divided by zero");
    EXPECT_DEATH((void)Uint256::power_of_two(256), "fits into 256 bits");
}

}  // namespace
}  // namespace bezant
