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

/// How many transactions may have a name here and no content: what strangers announce and never
/// send. About 20 MB.
inline constexpr std::size_t unknown_names_max = 100'000;

/// All known transactions by dense index. References stay good. One that somebody announced may be
/// named before its content is here.
class TransactionTable {
public:
    /// The index of this id, whether its content is here or not.
    [[nodiscard]] std::optional<TransactionIndex> find(const FullTransactionId& full_id) const;
    /// Whether the content is here, and not only the name.
    [[nodiscard]] bool is_known(TransactionIndex transaction) const {
        return facts_[transaction.value].bytes != 0;
    }
    /// Of a transaction that is only named, nothing but its full id is set.
    [[nodiscard]] const TransactionFact& operator[](TransactionIndex transaction) const {
        return facts_[transaction.value];
    }
    [[nodiscard]] std::size_t size() const { return facts_.size(); }

    /// Adds a transaction whose content is not here yet.
    TransactionIndex add(TransactionFact fact);

    /// The index of this id, given now if it is new. When too many names are without content, the
    /// oldest of them loses its index to the new one: who still waits for that transaction may then
    /// be offered another in its place, and must look at what comes, as he must in any case.
    TransactionIndex name(const FullTransactionId& full_id);

private:
    TransactionIndex append(const FullTransactionId& full_id);

    std::deque<TransactionFact> facts_;
    boost::unordered_flat_map<FullTransactionId, TransactionIndex, DigestHasher> by_full_id_;
    std::vector<TransactionIndex> names_;  ///< the last ones given, in a ring
    std::size_t oldest_name_ = 0;          ///< in the ring, once it is full
};

}  // namespace bezant
