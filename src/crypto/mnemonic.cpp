// SPDX-License-Identifier: Apache-2.0
#include "crypto/mnemonic.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "base/check.hpp"
#include "base/suggestion.hpp"
#include "crypto/hash.hpp"
#include "crypto/mnemonic_words.hpp"
#include "crypto/pbkdf2.hpp"

namespace bezant {

namespace {

constexpr std::size_t bits_per_word = 11;
constexpr std::size_t entropy_bits_per_checksum_bit = 32;
constexpr std::uint32_t seed_rounds = 2048;

// Twelve words hold 128 bits and 4 of checksum, and so on: 33 bits for three words.
constexpr bool is_word_count(std::size_t words) {
    return words % 3 == 0 && is_mnemonic_entropy_size(words / 3 * 4);
}

bool is_space(char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

std::vector<std::string_view> split(std::string_view phrase) {
    std::vector<std::string_view> words;
    auto place = phrase.begin();
    while (true) {
        place = std::find_if_not(place, phrase.end(), is_space);
        if (place == phrase.end()) return words;
        const auto end = std::find_if(place, phrase.end(), is_space);
        words.emplace_back(place, end);
        place = end;
    }
}

unexpected<MnemonicError> refusal(MnemonicReason reason, std::string text) {
    return unexpected{MnemonicError{reason, std::move(text)}};
}

unexpected<MnemonicError> wrong_word_count(std::size_t words) {
    return refusal(
        MnemonicReason::word_count,
        "a phrase has 12, 15, 18, 21 or 24 words, this one has " + std::to_string(words));
}

unexpected<MnemonicError> unknown_word(std::string_view word, std::size_t number) {
    constexpr std::size_t shown_max = 32;
    std::string text = "word " + std::to_string(number) + ", \"";
    text.append(word.substr(0, shown_max)).append("\", is not in the word list of BIP 39");
    if (const auto near = nearest(word, mnemonic_words())) {
        text.append("; did you mean \"").append(*near).append("\"?");
    }
    return refusal(MnemonicReason::unknown_word, std::move(text));
}

unexpected<MnemonicError> wrong_checksum() {
    return refusal(MnemonicReason::wrong_checksum,
                   "each word is in the word list, but together they are no phrase: a word is "
                   "another than it was, or two have changed places");
}

/// The word's place in the list, whose words are small letters in order.
std::optional<std::size_t> index_of(std::string_view word) {
    SecretBuffer lower = secret_copy(as_bytes(word));
    for (Byte& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<Byte>(letter - 'A' + 'a');
    }
    const auto words = mnemonic_words();
    const auto place = std::ranges::lower_bound(words, as_text(lower));
    if (place == words.end() || *place != as_text(lower)) return std::nullopt;
    return static_cast<std::size_t>(place - words.begin());
}

bool bit_at(ByteView bytes, std::size_t place) {
    return (bytes[place / 8] >> (7 - place % 8) & 1U) != 0;
}

void append_bits(SecretBuffer& bits, std::size_t value, std::size_t count) {
    while (count-- > 0) bits.push_back(static_cast<Byte>(value >> count & 1U));
}

std::size_t from_bits(std::span<const Byte> bits) {
    std::size_t value = 0;
    for (const Byte bit : bits) value = value << 1U | bit;
    return value;
}

/// The entropy and its checksum, a bit a byte, the highest first.
SecretBuffer checked_bits(ByteView entropy) {
    SecretBuffer bits;
    Hash256 hash = sha256(entropy);
    const std::size_t entropy_bits = entropy.size() * 8;
    for (std::size_t i = 0; i < entropy_bits; ++i) append_bits(bits, bit_at(entropy, i), 1);
    for (std::size_t i = 0; i < entropy_bits / entropy_bits_per_checksum_bit; ++i) {
        append_bits(bits, bit_at(hash.view(), i), 1);
    }
    wipe(hash.bytes);
    return bits;
}

}  // namespace

SecretBuffer mnemonic_phrase(ByteView entropy) {
    CHECK(is_mnemonic_entropy_size(entropy.size()), "entropy has 16, 20, 24, 28 or 32 bytes");
    const SecretBuffer bits = checked_bits(entropy);
    SecretBuffer phrase;
    for (std::size_t place = 0; place < bits.size(); place += bits_per_word) {
        const std::size_t index = from_bits(std::span{bits}.subspan(place, bits_per_word));
        const ByteView word = as_bytes(mnemonic_words()[index]);
        if (!phrase.empty()) phrase.push_back(' ');
        phrase.insert(phrase.end(), word.begin(), word.end());
    }
    return phrase;
}

Result<SecretBuffer, MnemonicError> mnemonic_entropy(std::string_view phrase) {
    const std::vector<std::string_view> words = split(phrase);
    if (!is_word_count(words.size())) return wrong_word_count(words.size());
    SecretBuffer bits;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto index = index_of(words[i]);
        if (!index) return unknown_word(words[i], i + 1);
        append_bits(bits, *index, bits_per_word);
    }
    SecretBuffer entropy(words.size() / 3 * 4);
    for (std::size_t i = 0; i < entropy.size(); ++i) {
        entropy[i] = static_cast<Byte>(from_bits(std::span{bits}.subspan(i * 8, 8)));
    }
    if (checked_bits(entropy) != bits) return wrong_checksum();
    return entropy;
}

bool is_mnemonic_passphrase(std::string_view passphrase) {
    return std::ranges::all_of(passphrase, [](char c) { return c >= ' ' && c <= '~'; });
}

SecretBytes<64> mnemonic_seed(ByteView entropy, std::string_view passphrase) {
    CHECK(is_mnemonic_passphrase(passphrase), "the passphrase is one that can be taken");
    SecretBuffer salt = secret_copy(as_bytes("mnemonic"));
    const ByteView bytes = as_bytes(passphrase);
    salt.insert(salt.end(), bytes.begin(), bytes.end());
    return pbkdf2_hmac_sha512(mnemonic_phrase(entropy), salt, seed_rounds);
}

}  // namespace bezant
