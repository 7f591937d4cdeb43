// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/amount.hpp"
#include "ledger/transaction.hpp"

namespace bezant {

struct SpendableCoin {
    OutPoint outpoint;
    Amount amount;
};

struct CoinChoice {
    std::vector<SpendableCoin> coins;
    Amount sum;
};

/// Coins worth at least `needed`: the largest first, and none of `second` while `first` has any
/// left. Of equal amounts the one with the lower outpoint first: the choice follows from what the
/// coins are, not from the order in which an archive met them. Nothing if all together are not
/// enough.
[[nodiscard]] std::optional<CoinChoice> select_coins(std::vector<SpendableCoin> first,
                                                     std::vector<SpendableCoin> second,
                                                     Amount needed);

}  // namespace bezant
