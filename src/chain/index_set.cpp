// SPDX-License-Identifier: Apache-2.0
#include "chain/index_set.hpp"

#include <algorithm>
#include <bit>

namespace bezant {

namespace {

/// Bits are dropped this many words at a time, so that one patchy word among full ones does not
/// keep them all.
constexpr std::uint32_t block_words = 8;

}  // namespace

/// Adds a run after all others, as a part of the last one if it touches that.
void IndexSet::append_absent(Run run, std::vector<Run>& runs) {
    if (!runs.empty() && runs.back().end == run.begin) {
        runs.back().end = run.end;
    } else {
        runs.push_back(run);
    }
}

std::vector<IndexSet::Run>::const_iterator IndexSet::run_ending_after(std::uint32_t index) const {
    return std::ranges::upper_bound(absent_, index, {}, &Run::end);
}

bool IndexSet::contains(std::uint32_t index) const {
    if (index < base()) {
        const auto run = run_ending_after(index);
        return run == absent_.end() || index < run->begin;
    }
    const std::uint32_t word = index / word_bits - base_words_;
    return word < words_.size() && (words_[word] >> (index % word_bits) & 1U) != 0;
}

bool IndexSet::insert(std::uint32_t index) {
    if (contains(index)) return false;
    ++count_;
    if (index < base()) {
        insert_below_base(index);
        return true;
    }
    const std::uint32_t word = index / word_bits - base_words_;
    if (word >= words_.size()) words_.resize(word + std::size_t{1});
    words_[word] |= Word{1} << (index % word_bits);
    // The last bit of a word is a good moment to look whether the low words have filled up.
    if (index % word_bits == word_bits - 1) drop_full_blocks();
    return true;
}

void IndexSet::erase(std::uint32_t index) {
    if (!contains(index)) return;
    --count_;
    if (index < base()) {
        erase_below_base(index);
    } else {
        words_[index / word_bits - base_words_] &= ~(Word{1} << (index % word_bits));
    }
}

void IndexSet::insert_below_base(std::uint32_t index) {
    const auto run = absent_.begin() + (run_ending_after(index) - absent_.cbegin());
    const Run right{.begin = index + 1, .end = run->end};
    run->end = index;
    const bool left_is_empty = run->begin == run->end;
    const bool right_is_empty = right.begin == right.end;
    if (left_is_empty && right_is_empty) {
        absent_.erase(run);
    } else if (left_is_empty) {
        *run = right;
    } else if (!right_is_empty) {
        absent_.insert(run + 1, right);
    }
}

void IndexSet::erase_below_base(std::uint32_t index) {
    const auto next = absent_.begin() + (run_ending_after(index) - absent_.cbegin());
    const bool touches_next = next != absent_.end() && next->begin == index + 1;
    const bool touches_last = next != absent_.begin() && (next - 1)->end == index;
    if (touches_next && touches_last) {
        next->begin = (next - 1)->begin;
        absent_.erase(next - 1);
    } else if (touches_next) {
        next->begin = index;
    } else if (touches_last) {
        (next - 1)->end = index + 1;
    } else {
        absent_.insert(next, {.begin = index, .end = index + 1});
    }
}

std::vector<IndexSet::Run> IndexSet::runs_of_block(std::size_t first_word) const {
    std::vector<Run> runs;
    for (std::size_t word = first_word; word < first_word + block_words; ++word) {
        const auto begin = static_cast<std::uint32_t>((base_words_ + word) * word_bits);
        for (Word absent = ~words_[word]; absent != 0; absent &= absent - 1) {
            const std::uint32_t index =
                begin + static_cast<std::uint32_t>(std::countr_zero(absent));
            append_absent({.begin = index, .end = index + 1}, runs);
        }
    }
    return runs;
}

// The newest block of words stays as bits: its holes are still being filled.
void IndexSet::drop_full_blocks() {
    std::size_t dropped = 0;
    for (; words_.size() - dropped > std::size_t{2} * block_words; dropped += block_words) {
        const std::vector<Run> runs = runs_of_block(dropped);
        if (runs.size() * sizeof(Run) > block_words * sizeof(Word)) break;
        for (const Run run : runs) append_absent(run, absent_);
    }
    if (dropped == 0) return;
    words_.erase(words_.begin(), words_.begin() + static_cast<std::ptrdiff_t>(dropped));
    words_.shrink_to_fit();
    base_words_ += static_cast<std::uint32_t>(dropped);
}

std::size_t IndexSet::memory_bytes() const {
    return sizeof(*this) + absent_.capacity() * sizeof(Run) + words_.capacity() * sizeof(Word);
}

}  // namespace bezant
