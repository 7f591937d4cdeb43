// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chain/fact_index.hpp"

namespace bezant {

/// Marks of the facts that somebody still refers to by index, gathered before an archive forgets
/// the rest (Archive::forget_buried, Archive::forget_settled). A bit an index.
class HeldFacts {
public:
    // What stands for none holds nothing.
    void hold(BlockIndex block) {
        if (block != no_block) mark(blocks_, block.value);
    }
    void hold(TransactionIndex transaction) {
        if (transaction != no_transaction) mark(transactions_, transaction.value);
    }
    void hold(CoinIndex coin) {
        if (coin != no_coin) mark(coins_, coin.value);
    }
    template <class Range>
    void hold_all(const Range& range) {
        for (const auto index : range) hold(index);
    }

    [[nodiscard]] bool holds(BlockIndex block) const { return is_marked(blocks_, block.value); }
    [[nodiscard]] bool holds(TransactionIndex transaction) const {
        return is_marked(transactions_, transaction.value);
    }
    [[nodiscard]] bool holds(CoinIndex coin) const { return is_marked(coins_, coin.value); }

private:
    using Marks = std::vector<bool>;

    static void mark(Marks& marks, std::uint32_t index) {
        if (index >= marks.size()) marks.resize(std::size_t{index} + 1);
        marks[index] = true;
    }
    static bool is_marked(const Marks& marks, std::uint32_t index) {
        return index < marks.size() && marks[index];
    }

    Marks blocks_;
    Marks transactions_;
    Marks coins_;
};

}  // namespace bezant
