// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/secret.hpp"

namespace bezant {

/// Secrets that a person can write on paper (BIP 39): entropy as words of the English list. Each
/// word stands for 11 bits; after the entropy come as many bits of its SHA-256 as it has groups of
/// 32. One wrong word is missed with probability 1/16 with twelve words, 1/256 with twenty-four.

/// 16, 20, 24, 28 or 32 bytes, written in 12, 15, 18, 21 or 24 words.
[[nodiscard]] constexpr bool is_mnemonic_entropy_size(std::size_t bytes) {
    return bytes >= 16 && bytes <= 32 && bytes % 4 == 0;
}

/// Why a phrase is refused, in the order of the checks.
enum class MnemonicReason : Byte {
    word_count,      ///< not 12, 15, 18, 21 or 24 words
    unknown_word,    ///< a word that is not in the list
    wrong_checksum,  ///< a word is another than it was, or two have changed places
};

struct MnemonicError {
    MnemonicReason reason{};
    /// A plain English sentence without a full stop, for the person who typed: which word it is, by
    /// its number, and the nearest one of the list. It quotes unknown words, so it is as secret as
    /// the phrase.
    std::string text;
};

/// The phrase of this entropy, whose size must be one of the five: words with a space between. The
/// entropy must be drawn from a random device.
[[nodiscard]] SecretBuffer mnemonic_phrase(ByteView entropy);

/// The entropy of a phrase. Capitals count as small letters; before, between and after words may be
/// any white space.
[[nodiscard]] Result<SecretBuffer, MnemonicError> mnemonic_entropy(std::string_view phrase);

/// Whether a passphrase can be taken: printable ASCII and spaces, or nothing. BIP 39 asks for
/// Unicode normalisation form NFKD, under which such text stays as it is. Other text is refused,
/// and not normalised: the tables of Unicode grow, and a passphrase that gave another key with
/// another table would lose the money.
[[nodiscard]] bool is_mnemonic_passphrase(std::string_view passphrase);

/// The 64 bytes that keys are derived from, crypto/key_derivation.hpp: PBKDF2-HMAC-SHA512 of the
/// phrase in 2,048 rounds, salted with "mnemonic" and the passphrase, which must be one. Every
/// passphrase gives a seed of its own: there is no wrong one. Takes about 3 ms.
[[nodiscard]] SecretBytes<64> mnemonic_seed(ByteView entropy, std::string_view passphrase);

}  // namespace bezant
