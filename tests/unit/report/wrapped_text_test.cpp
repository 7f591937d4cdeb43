// SPDX-License-Identifier: Apache-2.0
#include "report/wrapped_text.hpp"

#include <gtest/gtest.h>

namespace bezant::report {
namespace {

const TextStyle narrow{.colour = false, .unicode = true, .columns = 20};

TEST(WrappedText, FitsThePageAndIndentsWhatFollows) {
    EXPECT_EQ(wrapped(narrow, "  1.20 s  ", "Judy offers another's coin"),
              "  1.20 s  Judy\n"
              "          offers\n"
              "          another's\n"
              "          coin\n");
    EXPECT_EQ(wrapped(narrow, "", "exactly twenty signs and more"),
              "exactly twenty signs\nand more\n");
}

TEST(WrappedText, LeavesLongWordsWhole) {
    EXPECT_EQ(wrapped(narrow, "- ", "a 000000000000000000000000 b"),
              "- a\n  000000000000000000000000\n  b\n");
    EXPECT_EQ(wrapped(narrow, "- ", ""), "- \n");
}

TEST(WrappedText, CountsCharactersNotBytes) {
    EXPECT_EQ(wrapped(narrow, "", "ääää ööööö üüü ßßßßß ä"), "ääää ööööö üüü ßßßßß\nä\n");
}

TEST(WrappedText, ColoursTheLeadAlone) {
    const TextStyle colour{.colour = true, .unicode = true, .columns = 20};
    EXPECT_EQ(wrapped(colour, "Fork ", "at block 1 and then", Tone::accent),
              "\x1b[36mFork \x1b[0mat block 1 and\n     then\n");
}

TEST(WrappedText, IsAsciiWhereTheStyleIs) {
    const TextStyle ascii{.colour = false, .unicode = false, .columns = 80};
    EXPECT_EQ(wrapped(ascii, "", "0001f5… → 3–4"), "0001f5... -> 3-4\n");
}

}  // namespace
}  // namespace bezant::report
