// SPDX-License-Identifier: Apache-2.0
#include "chain/tip_coins.hpp"

#include "base/check.hpp"

namespace bezant {

CoinLookup TipCoins::find(const OutPoint& outpoint) const {
    const auto found = coins_.find(outpoint);
    return found == coins_.end() ? CoinLookup{} : found->second;
}

// A coin may be created and spent by the same block, so all are created before any is spent, and
// undone the other way round.
void TipCoins::connect(const BlockEffect& effect) {
    for (const SpentCoin& created : effect.created) create(created);
    for (const SpentCoin& spent : effect.spent) spend(spent);
}

void TipCoins::disconnect(const BlockEffect& effect) {
    for (const SpentCoin& spent : effect.spent) restore(spent);
    for (const SpentCoin& created : effect.created) remove(created);
}

void TipCoins::create(const SpentCoin& created) {
    const CoinLookup fresh{.state = CoinState::unspent, .coin = created.coin};
    const bool is_new = coins_.emplace(created.outpoint, fresh).second;
    CHECK(is_new, "a chain creates each coin once");
    unspent_sum_.value += created.coin.output.amount.value;
}

void TipCoins::spend(const SpentCoin& spent) {
    CoinLookup& coin = coin_in(spent.outpoint, CoinState::unspent);
    coin.state = CoinState::spent;
    ++spent_count_;
    unspent_sum_.value -= coin.coin.output.amount.value;
}

void TipCoins::restore(const SpentCoin& spent) {
    CoinLookup& coin = coin_in(spent.outpoint, CoinState::spent);
    coin.state = CoinState::unspent;
    --spent_count_;
    unspent_sum_.value += coin.coin.output.amount.value;
}

void TipCoins::remove(const SpentCoin& created) {
    unspent_sum_.value -= coin_in(created.outpoint, CoinState::unspent).coin.output.amount.value;
    coins_.erase(created.outpoint);
}

CoinLookup& TipCoins::coin_in(const OutPoint& outpoint, CoinState state) {
    const auto found = coins_.find(outpoint);
    CHECK(found != coins_.end(), "blocks move coins that exist");
    CHECK(found->second.state == state, "a block is connected to its parent, and undone from it");
    return found->second;
}

BlockEffect genesis_effect(const Block& genesis) {
    BlockEffect effect;
    std::uint64_t allocation = 0;
    for (const Transaction& transaction : genesis.transactions) {
        const TransactionId id = transaction_id(transaction);
        for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
            const Output& output = transaction.outputs[i];
            effect.created.push_back({.outpoint = {.transaction = id, .index = i},
                                      .coin = {.output = output, .height = Height{0}}});
            allocation += output.amount.value;
        }
    }
    effect.issued = Amount{allocation};
    return effect;
}

}  // namespace bezant
