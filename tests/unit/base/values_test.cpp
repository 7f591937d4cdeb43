// SPDX-License-Identifier: Apache-2.0
// The small value types: strong integers, fixed bytes, time; and the check that ends the program.
#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

#include "base/amount.hpp"
#include "base/bytes.hpp"
#include "base/check.hpp"
#include "base/strong_integer.hpp"
#include "base/time.hpp"

namespace bezant {
namespace {

struct OneTag;
struct OtherTag;
using One = FixedBytes<OneTag, 8>;
using Other = FixedBytes<OtherTag, 8>;

TEST(StrongInteger, IsMadeOnPurposeAndNeverOfAnotherKind) {
    static_assert(!std::is_convertible_v<std::uint32_t, Height>);
    static_assert(!std::is_convertible_v<Height, std::uint32_t>);
    static_assert(!std::is_constructible_v<Height, Amount>);
    static_assert(!std::equality_comparable_with<Height, Amount>);
    EXPECT_EQ(Height{}.value, 0U);
    EXPECT_LT(Height{1}, Height{2});
    EXPECT_EQ(next(Height{1}), Height{2});
}

TEST(FixedBytes, AreZeroAtFirstAndOrderedAsByteStrings) {
    static_assert(!std::is_constructible_v<One, Other>);
    EXPECT_TRUE(One{}.is_zero());
    const One low{{0, 0, 0, 0, 0, 0, 0, 9}};
    const One high{{1, 0, 0, 0, 0, 0, 0, 0}};
    EXPECT_FALSE(low.is_zero());
    EXPECT_LT(low, high);
    EXPECT_EQ(One::from(high.bytes), high);
    EXPECT_EQ(high.view().size(), 8U);
}

TEST(FixedBytes, AreHashedByTheirFirstEight) {
    const One value{{2, 1, 0, 0, 0, 0, 0, 0}};
    EXPECT_EQ(DigestHasher{}(value), 0x0102U);
    std::unordered_set<One, DigestHasher> set{value, One{}};
    EXPECT_TRUE(set.contains(value));
}

TEST(AsBytes, ViewsTheText) {
    const std::string_view text = "bzt";
    EXPECT_EQ(Bytes(as_bytes(text).begin(), as_bytes(text).end()), (Bytes{'b', 'z', 't'}));
}

TEST(Time, CountsMicroseconds) {
    EXPECT_EQ(seconds(2), milliseconds(2'000));
    EXPECT_EQ(milliseconds(2), microseconds(2'000));
    const Time start = from_unix_seconds(1'767'225'600);
    EXPECT_EQ(start + seconds(3) - start, seconds(3));
    EXPECT_EQ(start + seconds(3) - seconds(3), start);
    EXPECT_EQ(seconds(3) - seconds(1) + seconds(4), seconds(2) * 3);
    EXPECT_EQ(unix_seconds(start + milliseconds(1'999)), 1'767'225'601);
}

TEST(CheckDeathTest, EndsTheProgramAndSaysWhatWasBelieved) {
    const int answer = 42;
    CHECK(answer == 42, "this holds");
    EXPECT_DEATH(CHECK(answer == 41, "the answer is one less"),
                 "answer == 41\n  believed: the answer is one less");
}

}  // namespace
}  // namespace bezant
