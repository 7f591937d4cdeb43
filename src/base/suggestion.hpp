// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace bezant {

/// Longer words get no suggestion: this bounds the cost of one.
constexpr std::size_t suggestion_word_max = 64;

/// How many letters must be changed, added, left out or swapped with their neighbour to make one
/// word of the other (optimal string alignment; Damerau 1964). ASCII capitals count as small
/// letters. Takes time in proportion to the product of the lengths.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

/// The candidate that a person who typed `word` most likely meant: the one at the smallest edit
/// distance, if at most a third of the word's letters (but always one) would change, or else the
/// first that begins with the word. The first of equals; nothing if none is near.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<const std::string_view> candidates);

}  // namespace bezant
