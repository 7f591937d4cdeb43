// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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
    [[nodiscard]] const TransactionFact& operator[](TransactionIndex transaction) const;
    [[nodiscard]] std::size_t size() const;
};

}  // namespace bezant
