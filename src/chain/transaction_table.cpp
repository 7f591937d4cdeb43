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
    CHECK(fact.bytes != 0, "a transaction's content has a length");
    const auto named = find(fact.full_id);
    const TransactionIndex index = named ? *named : place(fact.full_id);
    CHECK(!is_known(index), "a transaction is stored once");
    facts_[index] = std::move(fact);
    ++known_count_;
    return index;
}

TransactionIndex TransactionTable::place(const FullTransactionId& full_id) {
    const TransactionIndex index = free_index();
    TransactionFact named;
    named.full_id = full_id;
    facts_.emplace(index, std::move(named));
    by_full_id_.emplace(full_id, index);
    return index;
}

TransactionIndex TransactionTable::free_index() {
    if (free_.empty()) {
        CHECK(end_ < no_transaction.value, "31 bits can number all");
        return TransactionIndex{end_++};
    }
    const TransactionIndex index = free_.back();
    free_.pop_back();
    return index;
}

void TransactionTable::forget(TransactionIndex transaction) {
    retire(transaction);
    free_.push_back(transaction);
}

void TransactionTable::retire(TransactionIndex transaction) {
    CHECK(is_known(transaction), "only what is known is forgotten");
    by_full_id_.erase(facts_[transaction].full_id);
    facts_.erase(transaction);
    --known_count_;
}

TransactionIndex TransactionTable::name(const FullTransactionId& full_id) {
    if (const auto known = find(full_id)) return *known;
    if (names_.size() < unknown_names_max) return names_.emplace_back(place(full_id));
    TransactionIndex& oldest = names_[oldest_name_];
    oldest_name_ = (oldest_name_ + 1) % unknown_names_max;
    const TransactionFact* fact = facts_.find(oldest);
    const bool still_named = fact != nullptr && fact->bytes == 0;
    if (!still_named) return oldest = place(full_id);
    by_full_id_.erase(fact->full_id);
    facts_[oldest].full_id = full_id;
    by_full_id_.emplace(full_id, oldest);
    return oldest;
}

}  // namespace bezant
