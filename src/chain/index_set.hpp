// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bezant {

/// A set of dense indices, made for knowledge that grows from below. Exact at all times. One bit an
/// index, until all or nearly all of the low ones are in: there, the few runs of indices that are
/// not in are kept instead, 8 bytes a run.
class IndexSet {
public:
    /// True if it was not in.
    bool insert(std::uint32_t index);
    [[nodiscard]] bool contains(std::uint32_t index) const;
    [[nodiscard]] std::size_t count() const { return count_; }
    void erase(std::uint32_t index);
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    /// Indices [begin, end) that are not in.
    struct Run {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    using Word = std::uint64_t;

    [[nodiscard]] std::uint32_t base() const { return base_words_ * word_bits; }
    [[nodiscard]] std::vector<Run>::const_iterator run_ending_after(std::uint32_t index) const;
    void insert_below_base(std::uint32_t index);
    void erase_below_base(std::uint32_t index);
    static void append_absent(Run run, std::vector<Run>& runs);
    [[nodiscard]] std::vector<Run> runs_of_block(std::size_t first_word) const;
    void drop_full_blocks();

    static constexpr std::uint32_t word_bits = 64;

    std::vector<Run> absent_;  ///< below base(), in order, with a gap between any two
    std::vector<Word> words_;  ///< from base() on
    std::uint32_t base_words_ = 0;
    std::size_t count_ = 0;
};

}  // namespace bezant
