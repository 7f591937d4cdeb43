// SPDX-License-Identifier: Apache-2.0
#include "base/hex.hpp"

#include <gtest/gtest.h>

namespace bezant {
namespace {

struct WordTag;
using Word = FixedBytes<WordTag, 3>;

TEST(Hex, ShowsBytesInOrderOrReversed) {
    const Bytes bytes{0x00, 0x1f, 0xab};
    EXPECT_EQ(to_hex(bytes), "001fab");
    EXPECT_EQ(to_hex_reversed(bytes), "ab1f00");
    EXPECT_EQ(to_hex({}), "");
    EXPECT_EQ(to_hex_reversed({}), "");
}

TEST(Hex, IsReadInEitherCase) {
    EXPECT_EQ(from_hex("001fAB"), (Bytes{0x00, 0x1f, 0xab}));
    EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, EveryByteComesBack) {
    for (int value = 0; value < 256; ++value) {
        const Bytes bytes{static_cast<Byte>(value)};
        ASSERT_EQ(from_hex(to_hex(bytes)), bytes);
    }
}

TEST(Hex, OtherTextIsRefused) {
    for (const std::string_view text :
         {"0", "001", "0g", "g0", "0x", " 0", "0 ", "/0", ":0", "@0", "G0", "`0", "\xff\xff"}) {
        EXPECT_EQ(from_hex(text), std::nullopt) << text;
    }
}

TEST(Hex, OfAFixedNumberOfBytes) {
    const Word word{{1, 2, 3}};
    EXPECT_EQ(fixed_from_hex<Word>("010203"), word);
    EXPECT_EQ(fixed_from_hex_reversed<Word>("030201"), word);
    for (const std::string_view text : {"", "0102", "01020304", "01020g"}) {
        EXPECT_EQ(fixed_from_hex<Word>(text), std::nullopt) << text;
        EXPECT_EQ(fixed_from_hex_reversed<Word>(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace bezant
