// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "chain/fact_index.hpp"
#include "ledger/transaction.hpp"

namespace bezant {

/// A transaction and what follows from its bytes alone.
struct TransactionFact {
    Transaction transaction;
    TransactionId id;
    FullTransactionId full_id;
    std::uint32_t bytes = 0;         ///< length of its encoding
    std::vector<CoinIndex> spends;   ///< one an input; empty for a coinbase
    std::vector<CoinIndex> creates;  ///< one an output
};

/// All known transactions by dense index. References stay good.
class TransactionTable {
public:
    [[nodiscard]] std::optional<TransactionIndex> find(const FullTransactionId& full_id) const;
    [[nodiscard]] const TransactionFact& operator[](TransactionIndex transaction) const {
        return facts_[transaction.value];
    }
    [[nodiscard]] std::size_t size() const { return facts_.size(); }

    /// Adds a transaction whose full id is not here yet.
    TransactionIndex add(TransactionFact fact);

private:
    std::deque<TransactionFact> facts_;
    boost::unordered_flat_map<FullTransactionId, TransactionIndex, DigestHasher> by_full_id_;
};

}  // namespace bezant
