// SPDX-License-Identifier: Apache-2.0
#include "chain/spendable_coins.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>

namespace bezant {

namespace {

/// The coins in the middle of a block, by index.
class CoinsInBlock {
public:
    CoinsInBlock(const IndexedCoins& parent, Height height, const Parameters& parameters)
        : parent_(parent), height_(height), parameters_(parameters) {}

    /// Takes the payment in, if its coins are there.
    bool connect(const TransactionFact& payment) {
        for (const CoinIndex coin : payment.spends) {
            if (!created_.contains(coin) && !can_be_spent(parent_.at(coin), height_, parameters_))
                return false;
            if (!spent_.insert(coin).second) return false;
        }
        created_.insert(payment.creates.begin(), payment.creates.end());
        return true;
    }

private:
    using Coins = boost::unordered_flat_set<CoinIndex, IndexHasher>;

    const IndexedCoins& parent_;
    Height height_;
    const Parameters& parameters_;
    Coins created_;
    Coins spent_;
};

}  // namespace

bool can_be_spent(const CoinLookup& coin, Height height, const Parameters& parameters) {
    if (coin.state != CoinState::unspent) return false;
    const std::uint64_t depth = std::max(parameters.coinbase_maturity, 1U);
    return !coin.coin.coinbase || height.value >= coin.coin.height.value + depth;
}

std::optional<Amount> fees_if_spendable(std::span<const TransactionIndex> payments,
                                        const TransactionTable& transactions,
                                        const IndexedCoins& coins, Height height,
                                        const Parameters& parameters) {
    CoinsInBlock now{coins, height, parameters};
    std::optional<Amount> fees = Amount{};
    for (const TransactionIndex index : payments) {
        const TransactionFact& fact = transactions[index];
        if (!fact.fee || fact.transaction.lock_height > height || !now.connect(fact))
            return std::nullopt;
        fees = checked_add(*fees, *fact.fee);
        if (!fees) break;
    }
    return fees;
}

}  // namespace bezant
