// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/archive.hpp"
#include "chain/indexed_coins.hpp"
#include "mempool/pool_graph.hpp"

namespace bezant {

/// The coins after a tip, and those that held payments create. Coins that held payments spend are
/// still there: whether a newcomer is valid and whether it conflicts are two questions.
class PoolView final : public IndexedCoins {
public:
    PoolView(const Archive& archive, const PoolGraph& graph, BlockIndex tip)
        : archive_(archive), graph_(graph), tip_(tip) {}

    [[nodiscard]] Height next_height() const { return next(archive_.blocks()[tip_].height); }

    [[nodiscard]] CoinLookup at(CoinIndex coin) const override {
        const CoinLookup confirmed = archive_.coins().at(coin, tip_, archive_.blocks());
        if (confirmed.state != CoinState::unknown || !graph_.creator(coin)) return confirmed;
        return {CoinState::unspent, {*archive_.coins().output(coin), next_height(), false}};
    }

private:
    const Archive& archive_;
    const PoolGraph& graph_;
    BlockIndex tip_;
};

}  // namespace bezant
