// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/amount.hpp"
#include "chain/dense_map.hpp"
#include "chain/fact_index.hpp"
#include "ledger/parties.hpp"
#include "ledger/transaction.hpp"

namespace bezant {

/// A transaction and what follows from its bytes alone.
struct TransactionFact {
    Transaction transaction;
    TransactionId id;
    FullTransactionId full_id;
    std::uint32_t bytes = 0;  ///< length of its encoding
    /// Of a payment whose format, owners, signatures and sums were found valid. They depend on the
    /// payment alone: it names its coins, and a coin's name commits to its amount and owner.
    std::optional<Amount> fee;
    /// The last block found after which the payment can be confirmed: it is not, and its coins can
    /// be spent in a child of the block.
    BlockIndex confirmable_on = no_block;
    Parties parties;
    std::vector<CoinIndex> spends;   ///< one an input; empty for a coinbase
    std::vector<CoinIndex> creates;  ///< one an output
};

/// How many transactions may have a name here and no content: what strangers announce and never
/// send. About 20 MB.
inline constexpr std::size_t unknown_names_max = 100'000;

/// All known transactions by dense index. References stay good until the transaction is forgotten.
/// One that somebody announced may be named before its content is here.
class TransactionTable {
public:
    /// The index of this id, whether its content is here or not.
    [[nodiscard]] std::optional<TransactionIndex> find(const FullTransactionId& full_id) const;
    /// Whether the content is here, and not only the name.
    [[nodiscard]] bool is_known(TransactionIndex transaction) const {
        const TransactionFact* fact = facts_.find(transaction);
        return fact != nullptr && fact->bytes != 0;
    }
    /// Of a transaction that is only named, nothing but its full id is set.
    [[nodiscard]] const TransactionFact& operator[](TransactionIndex transaction) const {
        return facts_[transaction];
    }
    /// All indices ever given are below it.
    [[nodiscard]] std::size_t size() const { return end_; }

    /// How many are known.
    [[nodiscard]] std::size_t known_count() const { return known_count_; }

    /// Adds a transaction whose content is not here yet.
    TransactionIndex add(TransactionFact fact);
    /// The payment was found valid, and pays this.
    void set_fee(TransactionIndex payment, Amount fee) { facts_[payment].fee = fee; }
    void set_confirmable_on(TransactionIndex payment, BlockIndex block) {
        facts_[payment].confirmable_on = block;
    }
    /// Lets go of a known transaction; its index is free for another.
    void forget(TransactionIndex transaction);
    /// The same, but its index is never given again: whoever has counted it may go on doing so.
    void retire(TransactionIndex transaction);

    /// Calls it with the index and the fact of each that is known, in the order of their indices.
    /// None may be forgotten meanwhile.
    template <class Function>
    void for_each_known(const Function& function) const {
        facts_.for_each([&](TransactionIndex transaction, const TransactionFact& fact) {
            if (fact.bytes != 0) function(transaction, fact);
        });
    }

    /// The index of this id, given now if it is new. When too many names are without content, the
    /// oldest of them loses its index to the new one: who still waits for that transaction may then
    /// be offered another in its place, and must look at what comes, as he must in any case.
    TransactionIndex name(const FullTransactionId& full_id);

private:
    TransactionIndex place(const FullTransactionId& full_id);
    TransactionIndex free_index();

    DenseMap<TransactionIndex, TransactionFact> facts_;
    std::uint32_t end_ = 0;
    boost::unordered_flat_map<FullTransactionId, TransactionIndex, DigestHasher> by_full_id_;
    std::size_t known_count_ = 0;
    std::vector<TransactionIndex> free_;   ///< of forgotten transactions
    std::vector<TransactionIndex> names_;  ///< the last ones given, in a ring
    std::size_t oldest_name_ = 0;          ///< in the ring, once it is full
};

}  // namespace bezant
