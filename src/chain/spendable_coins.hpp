// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "base/amount.hpp"
#include "chain/indexed_coins.hpp"
#include "chain/transaction_table.hpp"
#include "ledger/parameters.hpp"

namespace bezant {

/// The fees of a block's payments, all found sound before (TransactionFact::fee), if each of them
/// may be in a block of this height, in this order, on these coins: its lock is over, and its coins
/// exist, are mature and unspent. Nothing if one may not, or was not found sound: which rule it
/// breaks first, check_block says (a property test holds the two together). Costs a lookup a coin,
/// and no hashing.
[[nodiscard]] std::optional<Amount> fees_if_spendable(std::span<const TransactionIndex> payments,
                                                      const TransactionTable& transactions,
                                                      const IndexedCoins& coins, Height height,
                                                      const Parameters& parameters);

/// Whether a coin, as it is before a block of this height, can be spent in it.
[[nodiscard]] bool can_be_spent(const CoinLookup& coin, Height height,
                                const Parameters& parameters);

}  // namespace bezant
