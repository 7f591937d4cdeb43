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
    facts_[index.value] = std::move(fact);
    ++known_count_;
    return index;
}

TransactionIndex TransactionTable::place(const FullTransactionId& full_id) {
    const TransactionIndex index = free_index();
    facts_[index.value].full_id = full_id;
    by_full_id_.emplace(full_id, index);
    return index;
}

TransactionIndex TransactionTable::free_index() {
    if (free_.empty()) {
        CHECK(facts_.size() < no_transaction.value, "an index of 32 bits can number all");
        facts_.emplace_back();
        return TransactionIndex{static_cast<std::uint32_t>(facts_.size() - 1)};
    }
    const TransactionIndex index = free_.back();
    free_.pop_back();
    return index;
}

void TransactionTable::forget(TransactionIndex transaction) {
    CHECK(is_known(transaction), "only what is known is forgotten");
    by_full_id_.erase(facts_[transaction.value].full_id);
    facts_[transaction.value] = {};
    --known_count_;
    free_.push_back(transaction);
}

TransactionIndex TransactionTable::name(const FullTransactionId& full_id) {
    if (const auto known = find(full_id)) return *known;
    if (names_.size() < unknown_names_max) return names_.emplace_back(place(full_id));
    TransactionIndex& oldest = names_[oldest_name_];
    oldest_name_ = (oldest_name_ + 1) % unknown_names_max;
    const bool still_named = !is_known(oldest) && find(facts_[oldest.value].full_id) == oldest;
    if (!still_named) return oldest = place(full_id);
    by_full_id_.erase(facts_[oldest.value].full_id);
    facts_[oldest.value].full_id = full_id;
    by_full_id_.emplace(full_id, oldest);
    return oldest;
}

}  // namespace bezant
