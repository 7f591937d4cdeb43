// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/amount.hpp"
#include "chain/coin_table.hpp"
#include "chain/dense_map.hpp"
#include "chain/fact_index.hpp"
#include "chain/held_facts.hpp"
#include "chain/transaction_table.hpp"

namespace bezant {

/// The held payments next to a held payment.
struct PoolLinks {
    std::vector<TransactionIndex> parents;   ///< whose coins it spends
    std::vector<TransactionIndex> children;  ///< that spend its coins
};

/// A held payment and its place among the others. There is one for each participant that holds a
/// payment, and most have no links: it is small.
struct PoolEntry {
    TransactionIndex payment = no_transaction;
    std::uint32_t bytes = 0;
    Amount fee;
    std::uint64_t sequence = 0;  ///< order of arrival; parents always have lower ones than children
    std::unique_ptr<PoolLinks> links;  ///< if there are any

    [[nodiscard]] std::span<const TransactionIndex> parents() const {
        if (!links) return {};
        return links->parents;
    }
    [[nodiscard]] std::span<const TransactionIndex> children() const {
        if (!links) return {};
        return links->children;
    }
};

/// Fee and size of several payments together.
struct FeeRate {
    std::uint64_t fee = 0;
    std::uint64_t bytes = 0;

    void add(const PoolEntry& entry) {
        fee += entry.fee.value;
        bytes += entry.bytes;
    }
    /// Whether this pays less a byte; exact.
    [[nodiscard]] bool pays_less_than(const FeeRate& other) const;
    /// Of at least one byte; rounded down, and at most what 64 bits can hold.
    [[nodiscard]] Amount per_kilobyte() const;
};

/// Held payments linked by the coins that they create and spend. Keeps no rule but one: no two
/// spend the same coin. All operations are O(1) in the size of the pool but for the lists they give
/// back.
class PoolGraph {
public:
    /// The table tells which transactions make and spend a coin; it must outlive the graph.
    explicit PoolGraph(const CoinTable& coins) : coins_(coins) {}

    /// All go.
    void clear();

    /// Adds a payment whose parents, if held at all, are here already. It must conflict with
    /// nothing.
    void insert(TransactionIndex payment, const TransactionFact& fact, Amount fee);
    /// Takes one out and unlinks it from its parents and children.
    void remove(TransactionIndex payment, const TransactionFact& fact);

    /// It will be asked about this payment soon (DenseMap).
    void expect_search(TransactionIndex payment) const { entries_.expect_search(payment); }
    void expect_use(TransactionIndex payment) const { entries_.expect_use(payment); }
    /// Nothing if it is not held. Good until the next insert or remove.
    [[nodiscard]] const PoolEntry* find(TransactionIndex payment) const;
    [[nodiscard]] std::optional<TransactionIndex> spender(CoinIndex coin) const;
    /// The same, where it is known that it is not this payment.
    [[nodiscard]] std::optional<TransactionIndex> rival(TransactionIndex payment,
                                                        CoinIndex coin) const;
    [[nodiscard]] std::optional<TransactionIndex> creator(CoinIndex coin) const;

    /// The payments that this one rests on, or that rest on it: itself first, each once, nearest
    /// first. Stops when more than `count_max` are found.
    [[nodiscard]] std::vector<TransactionIndex> ancestors(TransactionIndex payment,
                                                          std::size_t count_max = SIZE_MAX) const;
    [[nodiscard]] std::vector<TransactionIndex> descendants(TransactionIndex payment,
                                                            std::size_t count_max = SIZE_MAX) const;

    /// Marks all held payments.
    void hold_facts(HeldFacts& held) const;
    /// All held payments, oldest first.
    [[nodiscard]] std::vector<TransactionIndex> in_order() const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    using CoinMap = boost::unordered_flat_map<CoinIndex, TransactionIndex, IndexHasher>;
    using Links = std::vector<TransactionIndex> PoolLinks::*;
    void link(PoolEntry& child, TransactionIndex parent);
    void unlink(const PoolEntry& entry);
    [[nodiscard]] std::optional<TransactionIndex> held(TransactionIndex known, CoinIndex coin,
                                                       const CoinMap& others) const;
    [[nodiscard]] std::vector<TransactionIndex> reach(TransactionIndex payment, Links links,
                                                      std::size_t count_max) const;

    const CoinTable& coins_;
    DenseMap<TransactionIndex, PoolEntry> entries_;
    // Nearly always the one payment that the table has for a coin is the one that is held.
    CoinMap other_spenders_;  ///< of coins of which the table has another, by coin
    CoinMap other_creators_;  ///< the same
    std::size_t bytes_ = 0;
    std::uint64_t next_sequence_ = 0;
};

}  // namespace bezant
