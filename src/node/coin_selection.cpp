// SPDX-License-Identifier: Apache-2.0
#include "node/coin_selection.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant {

namespace {

void take_largest(std::vector<SpendableCoin> coins, Amount needed, CoinChoice& choice) {
    std::ranges::sort(coins, [](const SpendableCoin& left, const SpendableCoin& right) {
        return left.amount != right.amount ? left.amount > right.amount
                                           : left.outpoint < right.outpoint;
    });
    for (const SpendableCoin& coin : coins) {
        if (choice.sum >= needed) return;
        const auto sum = checked_add(choice.sum, coin.amount);
        CHECK(sum, "a wallet holds no more than all the money there is");
        choice.coins.push_back(coin);
        choice.sum = *sum;
    }
}

}  // namespace

std::optional<CoinChoice> select_coins(std::vector<SpendableCoin> first,
                                       std::vector<SpendableCoin> second, Amount needed) {
    CoinChoice choice;
    take_largest(std::move(first), needed, choice);
    take_largest(std::move(second), needed, choice);
    if (choice.sum < needed) return std::nullopt;
    return choice;
}

}  // namespace bezant
