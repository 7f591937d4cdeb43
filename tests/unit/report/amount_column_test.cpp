// SPDX-License-Identifier: Apache-2.0
#include "report/amount_column.hpp"

#include <gtest/gtest.h>

namespace bezant::report {
namespace {

TEST(AmountColumn, AlignsOnTheDecimalPoint) {
    const Amount large{4'518'300'000};
    const Amount fine{883'890'001};
    AmountColumn column;
    column.make_room(large);
    column.make_room(fine);
    EXPECT_EQ(column.text(large), "45.183     ");
    EXPECT_EQ(column.text(fine), " 8.83890001");
    EXPECT_EQ(column.text(Amount{}), " 0.00      ");
    EXPECT_EQ(column.width(), 11U);
}

TEST(AmountColumn, HasAsMuchRoomAsItWasGiven) {
    const AmountColumn column{3, 4};
    EXPECT_EQ(column.text(bezants(7)), "  7.00  ");
}

}  // namespace
}  // namespace bezant::report
