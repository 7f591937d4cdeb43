// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/amount.hpp"
#include "chain/fact_index.hpp"

namespace bezant {

struct SpendableCoin {
    CoinIndex coin;
    Amount amount;
};

struct CoinChoice {
    std::vector<CoinIndex> coins;
    Amount sum;
};

/// Coins worth at least `needed`: the largest first, and none of `second` while `first` has any
/// left. Of equal amounts the one with the lower index first. Nothing if all together are not
/// enough.
[[nodiscard]] std::optional<CoinChoice> select_coins(std::vector<SpendableCoin> first,
                                                     std::vector<SpendableCoin> second,
                                                     Amount needed);

}  // namespace bezant
