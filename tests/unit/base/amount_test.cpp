// SPDX-License-Identifier: Apache-2.0
#include "base/amount.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace bezant {
namespace {

TEST(Amount, SumsAndDifferencesAreChecked) {
    const Amount most{UINT64_MAX};
    EXPECT_EQ(checked_add(Amount{2}, Amount{3}), Amount{5});
    EXPECT_EQ(checked_add(most, Amount{0}), most);
    EXPECT_EQ(checked_add(most, Amount{1}), std::nullopt);
    EXPECT_EQ(checked_add(most, most), std::nullopt);
    EXPECT_EQ(checked_subtract(Amount{3}, Amount{2}), Amount{1});
    EXPECT_EQ(checked_subtract(most, most), Amount{0});
    EXPECT_EQ(checked_subtract(Amount{2}, Amount{3}), std::nullopt);
}

TEST(Amount, IsShownExactlyWithTwoDecimalsAtLeast) {
    EXPECT_EQ(to_text(bezants(10)), "10.00");
    EXPECT_EQ(to_text(Amount{0}), "0.00");
    EXPECT_EQ(to_text(Amount{1}), "0.00000001");
    EXPECT_EQ(to_text(Amount{150'000'000}), "1.50");
    EXPECT_EQ(to_text(Amount{123'456'780}), "1.2345678");
    EXPECT_EQ(to_text(Amount{UINT64_MAX}), "184467440737.09551615");
}

TEST(Amount, OfTextIsTheAmountShown) {
    Random random{1};
    for (int i = 0; i < 1000; ++i) {
        const Amount amount{random.next() >> random.below(64)};
        ASSERT_EQ(amount_from_text(to_text(amount)), amount);
    }
    EXPECT_EQ(amount_from_text("7"), bezants(7));
    EXPECT_EQ(amount_from_text("0.5"), Amount{50'000'000});
    EXPECT_EQ(amount_from_text("007.10"), Amount{710'000'000});
}

TEST(Amount, OfOtherTextIsNone) {
    for (const std::string_view text :
         {"", ".", ".5", "5.", "-1", "+1", "1e3", "1,5", " 1", "1 ", "1.123456789", "1.-1", "1.2.3",
          "0x10", "184467440737.09551616", "184467440738", "99999999999999999999", "1.+5"}) {
        EXPECT_EQ(amount_from_text(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace bezant
