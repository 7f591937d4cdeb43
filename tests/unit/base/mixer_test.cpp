// SPDX-License-Identifier: Apache-2.0
#include "base/mixer.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "base/hex.hpp"

namespace bezant {
namespace {

TEST(Mixer, GivesTheSameOnEveryMachine) {
    Mixer mixer;
    EXPECT_EQ(mixer.to_text(), "13198a2e03707344243f6a8885a308d3");
    mixer.word(1);
    mixer.text("bezant");
    mixer.bytes(FixedBytes<struct SomeTag, 32>{{1, 2, 3}});
    EXPECT_EQ(mixer.to_text(), "370afbd72cabbc20068e9f8e41d3a091");
    EXPECT_EQ(to_hex(mixer.mix().view()), mixer.to_text());
}

TEST(Mixer, TellsOrdersAndLengthsApart) {
    std::set<std::string> seen;
    const auto digest_of = [&](const std::vector<std::uint64_t>& words) {
        Mixer mixer;
        for (const std::uint64_t word : words) mixer.word(word);
        return mixer.to_text();
    };
    for (const auto& words : std::vector<std::vector<std::uint64_t>>{
             {}, {0}, {0, 0}, {1, 2}, {2, 1}, {1}, {2}, {1, 2, 0}, {UINT64_MAX}}) {
        EXPECT_TRUE(seen.insert(digest_of(words)).second);
    }
}

TEST(Mixer, ReadsBytesAsWordsAfterTheirNumber) {
    const Bytes bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    Mixer of_bytes;
    of_bytes.bytes(ByteView{bytes});
    Mixer of_words;
    of_words.word(10);
    of_words.word(0x0807060504030201);
    of_words.word(0x0a09);
    EXPECT_EQ(of_bytes, of_words);
}

}  // namespace
}  // namespace bezant
