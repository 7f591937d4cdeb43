// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "chain/archive.hpp"
#include "chain/held_facts.hpp"
#include "chain/local_chain.hpp"
#include "mempool/orphan_pool.hpp"
#include "mempool/pool_graph.hpp"
#include "mempool/refusal.hpp"

namespace bezant {

struct MempoolLimits {
    std::size_t bytes_max = 100'000'000;
    std::size_t ancestors_max = 25;    ///< unconfirmed ancestors of a payment, itself included
    std::size_t descendants_max = 25;  ///< the same downwards
    Amount fee_per_kilobyte_min{0};
    std::size_t orphans_max = 100;  ///< payments kept whose coins are not known yet
};

struct Admission {
    Amount fee;
    std::vector<TransactionIndex> evicted;          ///< pushed out because the pool was full
    std::vector<TransactionIndex> adopted_orphans;  ///< waited for this one; now in the pool too
};

/// What a change of tip did to the pool.
struct PoolChange {
    std::vector<TransactionIndex> confirmed;  ///< were held, are in the chain now
    std::vector<TransactionIndex> returned;   ///< of abandoned blocks, held again
    std::vector<TransactionIndex> adopted;    ///< orphans whose coins the new blocks created
    /// Held or of abandoned blocks, but in conflict with (or descended from one in conflict with)
    /// what the chain now says.
    struct Dropped {
        TransactionIndex payment = no_transaction;
        std::optional<TransactionIndex> winner;  ///< the confirmed payment that spent its coin
    };
    std::vector<Dropped> dropped;
};

/// One participant's payments that wait for a block, by index into the archive of facts. All held
/// payments together with the participant's best chain are always valid: no conflicts, parents
/// held.
class Mempool {
public:
    Mempool(Archive& archive, MempoolLimits limits);

    /// Takes in a payment that is valid in a child of `tip` together with what is held. One that
    /// lacks parents is refused, and taken in when they come.
    Result<Admission, Refusal> add(TransactionIndex payment, BlockIndex tip);

    /// Follows the participant's chain, whose blocks must have been found valid: confirmed payments
    /// leave, those of abandoned blocks return, those in conflict are dropped and reported.
    PoolChange follow(const TipChange& tip);

    /// What `add` would say of this payment, without making room for it and without keeping it as
    /// an orphan: its fee, or why it would be refused.
    [[nodiscard]] Result<Amount, Refusal> consider(TransactionIndex payment, BlockIndex tip) const {
        return judge(payment, tip, Standing::newcomer);
    }

    /// It will be asked about this payment soon (DenseMap).
    void expect_search(TransactionIndex payment) const { graph_.expect_search(payment); }
    void expect_use(TransactionIndex payment) const { graph_.expect_use(payment); }
    [[nodiscard]] bool contains(TransactionIndex payment) const;
    /// The held payment of this id.
    [[nodiscard]] std::optional<TransactionIndex> find(const TransactionId& id) const;
    /// A held payment's place among the others; nothing if it is not held. Good until the pool
    /// changes.
    [[nodiscard]] const PoolEntry* entry(TransactionIndex payment) const;
    /// The held payments that this one rests on, or that rest on it, itself included.
    [[nodiscard]] std::vector<TransactionIndex> ancestors(TransactionIndex payment) const;
    [[nodiscard]] std::vector<TransactionIndex> descendants(TransactionIndex payment) const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] std::optional<Amount> fee(TransactionIndex payment) const;
    /// What a kilobyte must pay at least to be taken in now, rounded down: what the limits say, or
    /// more for as long as the pool is full and throws out what pays less.
    [[nodiscard]] Amount fee_floor() const;
    /// The held payment that spends this coin.
    [[nodiscard]] std::optional<TransactionIndex> spender(CoinIndex coin) const;
    /// Whether a held payment creates this coin.
    [[nodiscard]] bool creates(CoinIndex coin) const;
    /// The coin after the tip and all held payments.
    [[nodiscard]] CoinLookup coin(CoinIndex coin, BlockIndex tip) const;
    /// All held payments, in the order in which they were taken in.
    [[nodiscard]] std::vector<TransactionIndex> payments() const;

    /// Payments for the next block: best fee per byte first, counting unconfirmed parents with
    /// their children, parents before children, at most `bytes_max` in all.
    struct Selection {
        std::vector<TransactionIndex> payments;
        Amount fees;
    };
    [[nodiscard]] Selection select(std::size_t bytes_max) const;

    /// Marks every transaction that is referred to here by index.
    void hold_facts(HeldFacts& held) const;

    [[nodiscard]] const MempoolLimits& limits() const { return limits_; }
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    /// Newcomers must pay for their place; payments that were in a block or in the pool need not
    /// again.
    enum class Standing : std::uint8_t { newcomer, returning };

    Result<Amount, Refusal> take_in(TransactionIndex payment, BlockIndex tip, Standing standing);
    [[nodiscard]] Result<Amount, Refusal> judge(TransactionIndex payment, BlockIndex tip,
                                                Standing standing) const;
    [[nodiscard]] Result<Amount, Refusal> fee_if_valid(TransactionIndex payment,
                                                       BlockIndex tip) const;
    [[nodiscard]] bool is_confirmed(const TransactionFact& fact, BlockIndex tip) const;
    [[nodiscard]] Refusal refusal_for(const TransactionFact& fact, BlockIndex tip,
                                      Rejection rejection) const;
    [[nodiscard]] std::optional<Refusal> conflict_of(TransactionIndex payment,
                                                     const TransactionFact& fact) const;
    [[nodiscard]] std::optional<Refusal> fee_fault(const TransactionFact& fact, Amount fee) const;
    [[nodiscard]] bool chain_too_long(const TransactionFact& fact) const;
    std::vector<TransactionIndex> adopt_orphans(std::vector<CoinIndex> created, BlockIndex tip);

    std::vector<TransactionIndex> evict();
    void lift_floor();
    void remove_with_descendants(TransactionIndex payment);

    void confirm_all(const std::vector<TransactionIndex>& payments, PoolChange& change);
    void confirm(TransactionIndex payment, PoolChange& change);
    void rebuild(const TipChange& tip, PoolChange& change);

    Archive& archive_;
    MempoolLimits limits_;
    PoolGraph graph_;
    OrphanPool orphans_;
    /// The best rate that eviction threw out; newcomers must pay more until there is room again.
    std::optional<FeeRate> floor_;
};

}  // namespace bezant
