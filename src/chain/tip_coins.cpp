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
    const auto found = coins_.find(spent.outpoint);
    CHECK(found != coins_.end() && found->second.state == CoinState::unspent,
          "a valid block spends unspent coins");
    found->second.state = CoinState::spent;
    ++spent_count_;
    unspent_sum_.value -= found->second.coin.output.amount.value;
}

void TipCoins::restore(const SpentCoin& spent) {
    const auto found = coins_.find(spent.outpoint);
    CHECK(found != coins_.end() && found->second.state == CoinState::spent,
          "a block that is undone has spent its coins");
    found->second.state = CoinState::unspent;
    --spent_count_;
    unspent_sum_.value += found->second.coin.output.amount.value;
}

void TipCoins::remove(const SpentCoin& created) {
    const auto found = coins_.find(created.outpoint);
    CHECK(found != coins_.end() && found->second.state == CoinState::unspent,
          "a block is undone after all that was built on it");
    unspent_sum_.value -= found->second.coin.output.amount.value;
    coins_.erase(found);
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
