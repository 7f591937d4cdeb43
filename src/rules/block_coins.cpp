// SPDX-License-Identifier: Apache-2.0
#include "rules/block_coins.hpp"

namespace bezant {

BlockCoins::BlockCoins(const CoinView& parent, const Block& block, Height height,
                       BlockEffect& effect)
    : parent_(parent), height_(height), effect_(effect) {
    std::size_t inputs = 0;
    std::size_t outputs = 0;
    for (const Transaction& transaction : block.transactions) {
        inputs += transaction.inputs.size();
        outputs += transaction.outputs.size();
    }
    effect_.spent.reserve(inputs);
    effect_.created.reserve(outputs);
    touched_.reserve(inputs + outputs);
}

CoinLookup BlockCoins::find(const OutPoint& outpoint) const {
    const auto touched = touched_.find(outpoint);
    if (touched == touched_.end()) return parent_.find(outpoint);
    const Place place = touched->second;
    if (place.spent) return {CoinState::spent, effect_.spent[place.index].coin};
    return {CoinState::unspent, effect_.created[place.index].coin};
}

void BlockCoins::connect_payment(const Transaction& payment, std::span<const Coin> coins) {
    for (std::size_t i = 0; i < coins.size(); ++i) {
        const OutPoint& outpoint = payment.inputs[i].previous;
        touched_.insert_or_assign(outpoint,
                                  Place{true, static_cast<std::uint32_t>(effect_.spent.size())});
        effect_.spent.push_back({outpoint, coins[i]});
    }
    create(payment, false);
}

void BlockCoins::create(const Transaction& transaction, bool coinbase) {
    const TransactionId id = transaction_id(transaction);
    for (std::size_t i = 0; i < transaction.outputs.size(); ++i) {
        const OutPoint outpoint{id, static_cast<std::uint32_t>(i)};
        touched_.insert_or_assign(outpoint,
                                  Place{false, static_cast<std::uint32_t>(effect_.created.size())});
        effect_.created.push_back({outpoint, {transaction.outputs[i], height_, coinbase}});
    }
}

}  // namespace bezant
