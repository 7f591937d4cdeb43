// SPDX-License-Identifier: Apache-2.0
#include "crypto/mnemonic.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "base/hex.hpp"
#include "crypto/hash.hpp"
#include "crypto/mnemonic_words.hpp"
#include "tests/support/error_of.hpp"

namespace bezant {
namespace {

std::string phrase_of(ByteView entropy) { return std::string{as_text(mnemonic_phrase(entropy))}; }

MnemonicError refusal_of(std::string_view phrase) {
    return error_of(mnemonic_entropy(phrase)).value();
}

std::string repeated(std::string_view word, std::size_t times, std::string_view last) {
    std::string phrase;
    for (std::size_t i = 0; i < times; ++i) phrase.append(word).append(" ");
    return phrase.append(last);
}

// The SHA-256 of english.txt, as it is known all over: whoever has it can read our phrases.
TEST(Mnemonic, TheWordListIsThePublishedOne) {
    std::string text;
    for (const std::string_view word : mnemonic_words()) text.append(word).append("\n");
    EXPECT_EQ(to_hex(sha256(as_bytes(text)).view()),
              "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
    std::ifstream file(BEZANT_SOURCE_DIR "/data/bip39_english.txt");
    std::stringstream published;
    published << file.rdbuf();
    EXPECT_EQ(text, published.str());
}

TEST(Mnemonic, FourLettersTellWordsApart) {
    std::set<std::string_view> beginnings;
    for (const std::string_view word : mnemonic_words()) beginnings.insert(word.substr(0, 4));
    EXPECT_EQ(beginnings.size(), mnemonic_word_count);
    EXPECT_TRUE(std::ranges::is_sorted(mnemonic_words()));
}

struct Vector {
    std::string_view entropy;
    std::string_view phrase;
    std::string_view seed;
};

// From the test vectors that BIP 39 refers to (Trezor's python-mnemonic, vectors.json), where every
// passphrase is "TREZOR".
constexpr std::array vectors = std::to_array<Vector>({
    {"00000000000000000000000000000000",
     "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
     "about",
     "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553"
     "1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04"},
    {"7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
     "legal winner thank year wave sausage worth useful legal winner thank yellow",
     "2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6f"
     "a457fe1296106559a3c80937a1c1069be3a3a5bd381ee6260e8d9739fce1f607"},
    {"000000000000000000000000000000000000000000000000",
     "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
     "abandon abandon abandon abandon abandon abandon agent",
     "035895f2f481b1b0f01fcf8c289c794660b289981a78f8106447707fdd9666ca"
     "06da5a9a565181599b79f53b844d8a71dd9f439c52a3d7b3e8a79c906ac845fa"},
    {"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
     "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo "
     "vote",
     "dd48c104698c30cfe2b6142103248622fb7bb0ff692eebb00089b32d22484e16"
     "13912f0a5b694407be899ffd31ed3992c456cdf60f5d4564b8ba3f05a69890ad"},
    {"f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
     "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing "
     "screen patrol group space point ten exist slush involve unfold",
     "01f5bced59dec48e362f2c45b5de68b9fd6c92c6634f44d6d40aab69056506f0"
     "e35524a518034ddc1192e1dacd32c1ed3eaa3c3b131c88ed8e7e54c49a5d0998"},
});

TEST(Mnemonic, GivesThePublishedPhrasesAndSeeds) {
    for (const Vector& vector : vectors) {
        const Bytes entropy = from_hex(vector.entropy).value();
        EXPECT_EQ(phrase_of(entropy), vector.phrase);
        EXPECT_EQ(to_hex(mnemonic_entropy(vector.phrase).value()), vector.entropy);
        EXPECT_EQ(to_hex(mnemonic_seed(entropy, "TREZOR").view()), vector.seed);
    }
}

TEST(Mnemonic, EntropyOfEverySizeComesBack) {
    EXPECT_TRUE(rc::check([] {
        const auto words = *rc::gen::element<std::size_t>(12, 15, 18, 21, 24);
        const auto entropy = *rc::gen::container<Bytes>(words / 3 * 4, rc::gen::arbitrary<Byte>());
        const std::string phrase = phrase_of(entropy);
        RC_ASSERT(static_cast<std::size_t>(std::ranges::count(phrase, ' ')) == words - 1);
        RC_ASSERT(std::ranges::equal(mnemonic_entropy(phrase).value(), entropy));
    }));
}

TEST(Mnemonic, CapitalsAndWhiteSpaceDoNotMatter) {
    EXPECT_EQ(to_hex(mnemonic_entropy("\n Legal WINNER\tthank  year\r\nwave sausage worth useful "
                                      "legal winner thank yellow\v\f")
                         .value()),
              "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f");
}

TEST(Mnemonic, AWrongNumberOfWordsIsNamed) {
    for (const std::size_t words : {0U, 1U, 3U, 9U, 11U, 13U, 14U, 23U, 25U, 27U, 48U}) {
        const std::string phrase = words == 0 ? "" : repeated("zoo", words - 1, "zoo");
        EXPECT_EQ(refusal_of(phrase).reason, MnemonicReason::word_count);
        EXPECT_NE(refusal_of(phrase).text.find("has " + std::to_string(words)), std::string::npos);
    }
}

TEST(Mnemonic, AnUnknownWordIsNamedWithItsNearest) {
    const MnemonicError error = refusal_of(repeated("abandon", 11, "Abuot"));
    EXPECT_EQ(error.reason, MnemonicReason::unknown_word);
    EXPECT_EQ(error.text,
              "word 12, \"Abuot\", is not in the word list of BIP 39; did you mean \"about\"?");
    const MnemonicError far = refusal_of("xxxxxxxxxx " + repeated("zoo", 10, "zoo"));
    EXPECT_EQ(far.text, "word 1, \"xxxxxxxxxx\", is not in the word list of BIP 39");
    EXPECT_EQ(refusal_of(repeated("zoo", 11, "z\xc3\xb6\xc3\xb6")).reason,
              MnemonicReason::unknown_word);
}

TEST(Mnemonic, AWrongChecksumIsFound) {
    EXPECT_EQ(refusal_of(repeated("abandon", 11, "abandon")).reason,
              MnemonicReason::wrong_checksum);
    EXPECT_EQ(refusal_of("winner legal thank year wave sausage worth useful legal winner thank "
                         "yellow")
                  .reason,
              MnemonicReason::wrong_checksum);
    // Every last word but one in sixteen: 128 of 2,048.
    std::size_t sound = 0;
    for (const std::string_view last : mnemonic_words()) {
        if (mnemonic_entropy(repeated("legal", 11, last))) ++sound;
    }
    EXPECT_EQ(sound, mnemonic_word_count / 16);
}

TEST(Mnemonic, APassphraseIsPrintableAscii) {
    EXPECT_TRUE(is_mnemonic_passphrase(""));
    EXPECT_TRUE(is_mnemonic_passphrase("correct horse, battery ~ staple!"));
    EXPECT_FALSE(is_mnemonic_passphrase("caf\xc3\xa9"));
    EXPECT_FALSE(is_mnemonic_passphrase("tab\t"));
    EXPECT_FALSE(is_mnemonic_passphrase("\x7f"));
    EXPECT_DEATH((void)mnemonic_seed(Bytes(16), "\xc3\xa9"), "passphrase");
}

TEST(Mnemonic, EveryPassphraseGivesAnotherSeed) {
    const Bytes entropy(16, 1);
    std::set<std::string> seeds;
    for (const std::string_view passphrase : {"", " ", "a", "A", "a "}) {
        seeds.insert(to_hex(mnemonic_seed(entropy, passphrase).view()));
    }
    EXPECT_EQ(seeds.size(), 5U);
}

TEST(Mnemonic, EntropyOfAnotherSizeIsABug) {
    EXPECT_DEATH((void)mnemonic_phrase(Bytes(15)), "16, 20, 24, 28 or 32");
    EXPECT_DEATH((void)mnemonic_phrase(Bytes(36)), "16, 20, 24, 28 or 32");
}

}  // namespace
}  // namespace bezant
