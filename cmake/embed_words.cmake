# SPDX-License-Identifier: Apache-2.0
# Makes a C++ file that holds the word list of BIP 39 as a table, so that the program needs none of
# its source tree. Run as: cmake -DOUTPUT=FILE -DINPUT=FILE -P embed_words.cmake
file(STRINGS ${INPUT} words)
list(TRANSFORM words PREPEND "    \"")
list(TRANSFORM words APPEND "\",\n")
list(JOIN words "" entries)
file(WRITE ${OUTPUT} "// Made from data/bip39_english.txt by cmake/embed_words.cmake.
#include <array>

#include \"crypto/mnemonic_words.hpp\"

namespace bezant {

namespace {

constexpr std::array<std::string_view, mnemonic_word_count> words{
${entries}};

}  // namespace

std::span<const std::string_view, mnemonic_word_count> mnemonic_words() { return words; }

}  // namespace bezant
")
