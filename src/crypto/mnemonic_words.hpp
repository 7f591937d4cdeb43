// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace bezant {

inline constexpr std::size_t mnemonic_word_count = 2048;

/// The English word list of BIP 39, a constant of that standard: in alphabetical order, three to
/// eight small letters each, and no two words with the same first four. data/bip39_english.txt
/// holds it as published (bips/bip-0039/english.txt, by its authors under the MIT licence).
[[nodiscard]] std::span<const std::string_view, mnemonic_word_count> mnemonic_words();

}  // namespace bezant
