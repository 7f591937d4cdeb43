// SPDX-License-Identifier: Apache-2.0
#include "base/suggestion.hpp"

#include <algorithm>
#include <vector>

namespace bezant {

namespace {

constexpr std::size_t prefix_letters_min = 2;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool begins_with(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           edit_distance(text.substr(0, prefix.size()), prefix) == 0;
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
    const std::size_t columns = right.size() + 1;
    std::vector<std::size_t> before_last(columns);
    std::vector<std::size_t> last(columns);
    std::vector<std::size_t> row(columns);
    for (std::size_t j = 0; j < columns; ++j) row[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        before_last.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j < columns; ++j) {
            const char a = lower(left[i - 1]);
            const char b = lower(right[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a == b ? 0 : 1)});
            const bool swapped =
                i > 1 && j > 1 && a == lower(right[j - 2]) && b == lower(left[i - 2]);
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row.back();
}

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates) {
    if (word.empty() || word.size() > suggestion_word_max) return std::nullopt;
    std::optional<std::string_view> best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > suggestion_word_max) continue;
        const std::size_t distance = edit_distance(word, candidate);
        if (distance >= best_distance || distance >= word.size()) continue;
        best = candidate;
        best_distance = distance;
    }
    if (best || word.size() < prefix_letters_min) return best;
    const auto completed = std::ranges::find_if(
        candidates, [&](std::string_view candidate) { return begins_with(candidate, word); });
    if (completed != candidates.end()) best = *completed;
    return best;
}

}  // namespace bezant
