// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/coin_table.hpp"

namespace bezant {

/// The coins as they are at one point of the ledger, by index: after a block, or after a block and
/// the payments that wait for the next one. Answers do not change while it is in use.
class IndexedCoins {
public:
    IndexedCoins() = default;
    IndexedCoins(const IndexedCoins&) = delete;
    IndexedCoins& operator=(const IndexedCoins&) = delete;
    virtual ~IndexedCoins() = default;

    /// A coin that a waiting payment creates has the height of the block that it waits for, and is
    /// no coinbase's.
    [[nodiscard]] virtual CoinLookup at(CoinIndex coin) const = 0;
};

/// The coins after a block found valid. Refers to the tables, which must outlive it; makes and
/// copies nothing.
class CoinsAtTip final : public IndexedCoins {
public:
    CoinsAtTip(const CoinTable& coins, const BlockTree& blocks, BlockIndex tip)
        : coins_(coins), blocks_(blocks), tip_(tip) {}

    [[nodiscard]] CoinLookup at(CoinIndex coin) const override {
        return coins_.at(coin, tip_, blocks_);
    }

private:
    const CoinTable& coins_;
    const BlockTree& blocks_;
    BlockIndex tip_;
};

}  // namespace bezant
