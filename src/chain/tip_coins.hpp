// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>

#include "rules/block_rules.hpp"
#include "rules/coin_view.hpp"

namespace bezant {

/// The classic form of the ledger's state: the coins as they are after one block, moved along the
/// chain block by block, forward by a block's effect and back by undoing it. Spent coins are kept,
/// so that a double spend is told from a coin that never was. For whoever follows one chain: the
/// check of a ledger file, or a watcher of the simulation.
class TipCoins final : public CoinView {
public:
    [[nodiscard]] CoinLookup find(const OutPoint& outpoint) const override;

    /// Moves to a child of the present block. The effect is what check_block gave for it on these
    /// coins. Linear in the effect.
    void connect(const BlockEffect& effect);

    /// Moves back to the parent of the present block, whose effect this is.
    void disconnect(const BlockEffect& effect);

    /// Number of coins there are, and of those spent.
    [[nodiscard]] std::size_t unspent_count() const { return coins_.size() - spent_count_; }
    [[nodiscard]] std::size_t spent_count() const { return spent_count_; }
    /// All the money there is: the sum of the unspent coins.
    [[nodiscard]] Amount unspent_sum() const { return unspent_sum_; }

private:
    void create(const SpentCoin& created);
    void spend(const SpentCoin& spent);
    void remove(const SpentCoin& created);
    void restore(const SpentCoin& spent);
    /// The coin, which must be there and in this state.
    CoinLookup& coin_in(const OutPoint& outpoint, CoinState state);

    boost::unordered_flat_map<OutPoint, CoinLookup, OutPointHasher> coins_;
    std::size_t spent_count_ = 0;
    Amount unspent_sum_;
};

/// What the genesis block does to no coins at all: the allocation becomes coins of height 0.
[[nodiscard]] BlockEffect genesis_effect(const Block& genesis);

}  // namespace bezant
