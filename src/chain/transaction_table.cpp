// SPDX-License-Identifier: Apache-2.0
#include "chain/transaction_table.hpp"

#include <utility>

#include "base/check.hpp"

namespace bezant {

std::optional<TransactionIndex> TransactionTable::find(const FullTransactionId& full_id) const {
    const auto found = by_full_id_.find(full_id);
    if (found == by_full_id_.end()) return std::nullopt;
    return found->second;
}

TransactionIndex TransactionTable::add(TransactionFact fact) {
    CHECK(facts_.size() < no_transaction.value, "an index of 32 bits can number all transactions");
    const TransactionIndex index{static_cast<std::uint32_t>(facts_.size())};
    const bool is_new = by_full_id_.emplace(fact.full_id, index).second;
    CHECK(is_new, "a transaction is stored once");
    facts_.push_back(std::move(fact));
    return index;
}

}  // namespace bezant
