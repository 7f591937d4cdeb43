// SPDX-License-Identifier: Apache-2.0
#include "crypto/bit_groups.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace bezant {
namespace {

TEST(BitGroups, TakesTheHighestBitsFirst) {
    EXPECT_EQ(to_five_bit_groups({}), Bytes{});
    EXPECT_EQ(to_five_bit_groups(Bytes{0xff}), (Bytes{31, 28}));
    EXPECT_EQ(to_five_bit_groups(Bytes{0x08, 0x42, 0x10, 0x84, 0x21}),
              (Bytes{1, 1, 1, 1, 1, 1, 1, 1}));
}

TEST(BitGroups, ThereAndBackIsTheSame) {
    EXPECT_TRUE(rc::check([](const Bytes& bytes) {
        const Bytes groups = to_five_bit_groups(bytes);
        return groups.size() == (bytes.size() * 8 + 4) / 5 && from_five_bit_groups(groups) == bytes;
    }));
}

TEST(BitGroups, AnyGroupsThatAreAcceptedAreTheOnesThatBytesGive) {
    EXPECT_TRUE(rc::check([](Bytes groups) {
        for (Byte& group : groups) group &= 31U;
        const auto bytes = from_five_bit_groups(groups);
        return !bytes || to_five_bit_groups(*bytes) == groups;
    }));
}

TEST(BitGroups, WrongPaddingIsRefused) {
    EXPECT_EQ(from_five_bit_groups(Bytes{31, 28}), Bytes{0xff});
    EXPECT_EQ(from_five_bit_groups(Bytes{31, 29}), std::nullopt);     // a bit is set
    EXPECT_EQ(from_five_bit_groups(Bytes{31, 28, 0}), std::nullopt);  // five bits or more
    EXPECT_EQ(from_five_bit_groups(Bytes{0}), std::nullopt);
}

}  // namespace
}  // namespace bezant
