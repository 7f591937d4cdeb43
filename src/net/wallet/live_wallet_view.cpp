// SPDX-License-Identifier: Apache-2.0
// What a wallet shows: money, coins, history.
#include <algorithm>

#include "net/wallet/live_wallet.hpp"

namespace bezant::net {

std::vector<UnspentCoin> LiveWallet::unspent() const {
    const auto waiting = this->waiting();
    std::set<OutPoint> reserved;
    for (const auto& [id, pending] : waiting)
        for (const Input& input : pending->transaction.inputs) reserved.insert(input.previous);
    std::map<OutPoint, UnspentCoin> coins;
    const auto add_coin = [&](const OutPoint& outpoint, const Output& output) -> UnspentCoin& {
        return coins[outpoint] = {.outpoint = outpoint,
                                  .output = output,
                                  .path = *keyring_.path_of(output.owner),
                                  .is_reserved = reserved.contains(outpoint)};
    };
    const std::uint32_t end = next_height().value;
    const std::uint64_t maturity = archive_.parameters().coinbase_maturity;
    for (const auto& [outpoint, coin] : books_.coins) {
        UnspentCoin& added = add_coin(outpoint, coin.output);
        added.confirmations = end - coin.height.value;
        // In the next block, by the rule immature_coinbase.
        added.is_mature = !coin.coinbase || end >= coin.height.value + maturity;
    }
    for (const auto& [id, pending] : waiting) {
        for (std::uint32_t i = 0; i < pending->transaction.outputs.size(); ++i) {
            const Output& output = pending->transaction.outputs[i];
            if (is_ours(output, keyring_))
                add_coin({id, i}, output).is_change = pending->payment.kind == PaymentKind::ours;
        }
    }
    std::vector<UnspentCoin> list;
    for (const auto& [outpoint, coin] : coins) list.push_back(coin);
    return list;
}

WalletBalance LiveWallet::balance() const {
    WalletBalance balance;
    for (const UnspentCoin& coin : unspent()) {
        if (coin.is_reserved) continue;
        Amount& sum = coin.confirmations == 0
                          ? (coin.is_change ? balance.waiting_change : balance.waiting_incoming)
                          : (coin.is_mature ? balance.spendable : balance.immature);
        add(sum, coin.output.amount);
    }
    return balance;
}

std::vector<HistoryItem> LiveWallet::unconfirmed() const {
    const auto waiting = this->waiting();
    const std::set<TransactionId> dead = dead_among(books_.pending);
    std::vector<HistoryItem> items;
    for (const auto& [id, pending] : books_.pending) {
        if (dead.contains(id)) {
            items.push_back({.payment = pending.payment,
                             .status = PaymentStatus::lost,
                             .rivals = pending.rivals});
        } else if (waiting.contains(id)) {
            items.push_back({.payment = pending.payment, .status = PaymentStatus::waiting});
        }
    }
    std::ranges::stable_sort(items, std::greater{},
                             [](const HistoryItem& item) { return item.payment.time; });
    return items;
}

std::vector<HistoryItem> LiveWallet::history(std::size_t count, std::size_t skip) const {
    std::vector<HistoryItem> items;
    const auto take = [&](HistoryItem item) {
        if (skip > 0) {
            --skip;
        } else if (items.size() < count) {
            items.push_back(std::move(item));
        }
    };
    for (HistoryItem& item : unconfirmed()) take(std::move(item));
    const std::uint32_t end = next_height().value;
    for (auto place = books_.history.rbegin();
         place != books_.history.rend() && items.size() < count; ++place) {
        take({.payment = place->second,
              .status = PaymentStatus::confirmed,
              .confirmations = end - place->first.height.value,
              .height = place->first.height});
    }
    return items;
}

}  // namespace bezant::net
