// SPDX-License-Identifier: Apache-2.0
#include "crypto/bech32m.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>

#include "base/random.hpp"
#include "tests/seeds.hpp"

namespace bezant {
namespace {

constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

std::string lower_case(std::string_view text) {
    std::string lower{text};
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return lower;
}

std::string upper_case(std::string_view text) {
    std::string upper{text};
    for (char& letter : upper)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    return upper;
}

// BIP 350, "Test vectors for Bech32m": valid strings.
constexpr std::string_view valid_texts[] = {
    "A1LQFN3A",
    "a1lqfn3a",
    "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
    "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
    "11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8",
    "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
    "?1v759aa",
};

TEST(Bech32m, ValidTextsOfBip350AreReadAndWrittenBack) {
    for (const std::string_view text : valid_texts) {
        const auto parts = bech32m_decode_groups(text);
        ASSERT_TRUE(parts.has_value()) << text;
        EXPECT_EQ(bech32m_encode_groups(parts->prefix, parts->groups), lower_case(text));
    }
    EXPECT_EQ(
        bech32m_decode_groups("abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx")->groups.front(), 31);
}

struct InvalidText {
    std::string_view text;
    Bech32mError error;
};

// The same section: invalid strings, in its order, with our reason.
constexpr InvalidText invalid_texts[] = {
    {"\x20"
     "1xj0phk",
     Bech32mError::invalid_character},
    {"\x7f"
     "1g6xzxy",
     Bech32mError::invalid_character},
    {"\x80"
     "1vctc34",
     Bech32mError::invalid_character},
    {"an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4",
     Bech32mError::too_long},
    {"qyrz8wqd2c9m", Bech32mError::no_separator},
    {"1qyrz8wqd2c9m", Bech32mError::empty_prefix},
    {"y1b0jsk6g", Bech32mError::invalid_data},
    {"lt1igcx5c0", Bech32mError::invalid_data},
    {"in1muywd", Bech32mError::too_short},
    {"mm1crxm3i", Bech32mError::invalid_data},
    {"au1s5cgom", Bech32mError::invalid_data},
    {"M1VUXWEZ", Bech32mError::wrong_checksum},
    {"16plkw9", Bech32mError::empty_prefix},
    {"1p2gdwpf", Bech32mError::empty_prefix},
};

TEST(Bech32m, InvalidTextsOfBip350AreRefused) {
    for (const InvalidText& invalid : invalid_texts) {
        const auto parts = bech32m_decode_groups(invalid.text);
        ASSERT_FALSE(parts.has_value()) << invalid.text;
        EXPECT_EQ(parts.error(), invalid.error) << invalid.text << ": " << to_text(parts.error());
    }
}

TEST(Bech32m, EachCheckComesBeforeTheNext) {
    const std::string sound = bech32m_encode("bzt", Bytes{1, 2, 3});
    const auto error_of = [](std::string_view text) { return bech32m_decode("bzt", text).error(); };
    EXPECT_EQ(error_of(std::string(91, ' ')), Bech32mError::too_long);
    EXPECT_EQ(error_of("A b"), Bech32mError::invalid_character);
    EXPECT_EQ(error_of("Ab"), Bech32mError::mixed_case);
    EXPECT_EQ(error_of(""), Bech32mError::no_separator);
    EXPECT_EQ(error_of("1bbb"), Bech32mError::empty_prefix);
    EXPECT_EQ(error_of("a1bbb"), Bech32mError::too_short);
    EXPECT_EQ(error_of("a1bbbbbb"), Bech32mError::invalid_data);
    EXPECT_EQ(error_of("a1qqqqqq"), Bech32mError::wrong_checksum);
    EXPECT_EQ(error_of(bech32m_encode_groups("tbzt", Bytes{31})), Bech32mError::unexpected_prefix);
    EXPECT_EQ(error_of(bech32m_encode_groups("bzt", Bytes{31})), Bech32mError::invalid_padding);
    EXPECT_EQ(bech32m_decode("bzt", sound), (Bytes{1, 2, 3}));
}

// BIP 173's Bech32 differs in a constant only.
TEST(Bech32m, TextsOfBech32AreRefused) {
    for (const std::string_view text :
         {"A12UEL5L", "a12uel5l", "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w"})
        EXPECT_EQ(bech32m_decode_groups(text).error(), Bech32mError::wrong_checksum);
}

TEST(Bech32m, UpperCaseIsTheSameText) {
    const std::string text = bech32m_encode("bzt", Bytes(32, 7));
    EXPECT_EQ(bech32m_decode("bzt", upper_case(text)), Bytes(32, 7));
}

TEST(Bech32m, BytesComeBackAndTheLongestFits) {
    EXPECT_TRUE(rc::check([](Bytes data) {
        if (data.size() > 50) data.resize(50);
        return bech32m_decode("bzt", bech32m_encode("bzt", data)) == data;
    }));
    EXPECT_EQ(bech32m_encode("bzt", Bytes(50, 0)).size(), bech32m_length_max);
    EXPECT_DEATH((void)bech32m_encode("bzt", Bytes(51, 0)), "90 characters");
}

TEST(Bech32m, PrefixesThatCouldNotBeReadBackAreNotWritten) {
    EXPECT_DEATH((void)bech32m_encode("", Bytes{1}), "prefix");
    EXPECT_DEATH((void)bech32m_encode("BZT", Bytes{1}), "prefix");
    EXPECT_DEATH((void)bech32m_encode("b t", Bytes{1}), "prefix");
}

// The code's guarantee (BIP 173, "Checksum design"): substitutions of one to four characters of the
// data part are always found.
TEST(Bech32m, UpToFourSubstitutionsAreDetected) {
    Random random{41};
    for (std::uint64_t round = 0; round < test::seeds_to_try(20'000); ++round) {
        Bytes data(32);
        for (Byte& byte : data) byte = static_cast<Byte>(random.below(256));
        std::string text = bech32m_encode("bzt", data);
        const std::string original = text;
        const auto substitutions = 1 + random.below(4);
        for (std::uint64_t i = 0; i < substitutions; ++i)
            text[4 + random.below(text.size() - 4)] = alphabet[random.below(alphabet.size())];
        if (text == original) continue;
        ASSERT_EQ(bech32m_decode("bzt", text).error(), Bech32mError::wrong_checksum);
    }
}

TEST(Bech32m, SwappedNeighboursAreDetected) {
    const std::string original = bech32m_encode("bzt", Bytes{0, 68, 50, 20, 199, 66, 84, 182});
    for (std::size_t i = 4; i + 1 < original.size(); ++i) {
        std::string text = original;
        std::swap(text[i], text[i + 1]);
        EXPECT_EQ(bech32m_decode("bzt", text).has_value(), text == original);
    }
}

// BIP 350's reason to be: Bech32 let q be inserted before a final p unnoticed.
TEST(Bech32m, InsertedLettersAreDetected) {
    Random random{42};
    for (std::uint64_t round = 0; round < test::seeds_to_try(300); ++round) {
        Bytes data(20);
        for (Byte& byte : data) byte = static_cast<Byte>(random.below(256));
        const std::string original = bech32m_encode("bzt", data);
        for (std::size_t place = 4; place <= original.size(); ++place) {
            std::string text = original;
            text.insert(place, 1, 'q');
            ASSERT_FALSE(bech32m_decode_groups(text).has_value()) << text;
        }
    }
}

}  // namespace
}  // namespace bezant
