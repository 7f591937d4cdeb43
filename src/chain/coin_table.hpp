// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "chain/block_tree.hpp"
#include "chain/fact_index.hpp"
#include "rules/coin_view.hpp"

namespace bezant {

/// All coins that came up, with the blocks that created and that spent each: nearly always one and
/// at most one. A coin is unspent at a tip when a creator is an ancestor of the tip and no spender
/// is, so any number of tips can be asked about without copies, and a reorganisation costs nothing.
class CoinTable {
public:
    [[nodiscard]] std::optional<CoinIndex> find(const OutPoint& outpoint) const;
    [[nodiscard]] const OutPoint& outpoint(CoinIndex coin) const;
    /// The output, once the transaction that has it is known.
    [[nodiscard]] const Output* output(CoinIndex coin) const;
    /// The coin as it is after `tip`, which must be a block found valid. O(log n) a creator or
    /// spender.
    [[nodiscard]] CoinLookup at(CoinIndex coin, BlockIndex tip, const BlockTree& blocks) const;
    [[nodiscard]] std::size_t size() const;
};

}  // namespace bezant
