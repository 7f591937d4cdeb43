// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/coin_table.hpp"
#include "chain/indexed_coins.hpp"
#include "rules/coin_view.hpp"

namespace bezant {

/// Shows coins known by index to the rules, which know them by outpoint. Refers to both, which must
/// outlive it.
class CoinTableView final : public CoinView {
public:
    CoinTableView(const CoinTable& table, const IndexedCoins& coins)
        : table_(table), coins_(coins) {}

    [[nodiscard]] CoinLookup find(const OutPoint& outpoint) const override {
        const auto coin = table_.find(outpoint);
        return coin ? coins_.at(*coin) : CoinLookup{};
    }

private:
    const CoinTable& table_;
    const IndexedCoins& coins_;
};

}  // namespace bezant
