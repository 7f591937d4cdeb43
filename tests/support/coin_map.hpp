// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "rules/block_rules.hpp"
#include "rules/coin_view.hpp"

namespace bezant::test {

/// All coins that ever were, in a map: the plainest ledger there is.
class CoinMap final : public CoinView {
public:
    CoinMap() = default;
    CoinMap(const CoinMap& other) : CoinView(), coins_(other.coins_) {}
    CoinMap& operator=(const CoinMap& other) {
        coins_ = other.coins_;
        return *this;
    }

    [[nodiscard]] CoinLookup find(const OutPoint& outpoint) const override {
        const auto found = coins_.find(outpoint);
        return found == coins_.end() ? CoinLookup{} : found->second;
    }

    void add(const OutPoint& outpoint, const Coin& coin) {
        coins_[outpoint] = {CoinState::unspent, coin};
    }
    void spend(const OutPoint& outpoint) { coins_.at(outpoint).state = CoinState::spent; }

    void add_outputs(const Transaction& transaction, Height height, bool coinbase) {
        const TransactionId id = transaction_id(transaction);
        for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i)
            add({id, i}, {transaction.outputs[i], height, coinbase});
    }

    void apply(const BlockEffect& effect) {
        for (const SpentCoin& created : effect.created) add(created.outpoint, created.coin);
        for (const SpentCoin& spent : effect.spent) spend(spent.outpoint);
    }

    [[nodiscard]] Amount unspent_sum() const {
        std::uint64_t sum = 0;
        for (const auto& [outpoint, found] : coins_)
            if (found.state == CoinState::unspent) sum += found.coin.output.amount.value;
        return Amount{sum};
    }

    [[nodiscard]] const std::map<OutPoint, CoinLookup>& all() const { return coins_; }

private:
    std::map<OutPoint, CoinLookup> coins_;
};

}  // namespace bezant::test
