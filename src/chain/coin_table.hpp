// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "chain/block_tree.hpp"
#include "chain/dense_map.hpp"
#include "chain/fact_index.hpp"
#include "chain/paged_array.hpp"
#include "rules/coin_view.hpp"

namespace bezant {

/// All coins that came up, with the blocks that created and that spent each: nearly always one and
/// at most one. A coin is unspent at a tip when a creator is an ancestor of the tip and no spender
/// is, so any number of tips can be asked about without copies, and a reorganisation costs nothing.
/// A coin has one creator at most on any one branch: a payment spends coins, and a coinbase has its
/// block's height. About 70 bytes a coin, 30 more where its transaction is gone.
///
/// A coin that nobody refers to any longer can be forgotten; its index is then free for another.
class CoinTable {
public:
    explicit CoinTable(std::uint64_t secret)
        : by_outpoint_(0, Hasher{secret, &records_}, Equal{&records_}) {}
    CoinTable(const CoinTable&) = delete;
    CoinTable& operator=(const CoinTable&) = delete;
    ~CoinTable() = default;

    [[nodiscard]] std::optional<CoinIndex> find(const OutPoint& outpoint) const;
    [[nodiscard]] const OutPoint& outpoint(CoinIndex coin) const {
        return records_[coin.value].outpoint;
    }
    /// The output, once the transaction that has it is known.
    [[nodiscard]] const Output* output(CoinIndex coin) const { return records_[coin.value].output; }
    /// The first transaction known here that has the coin: another may have the same id, and other
    /// signatures. None, if none is known or that one is forgotten.
    [[nodiscard]] TransactionIndex transaction(CoinIndex coin) const {
        return records_[coin.value].transaction();
    }
    /// The first transaction known here that spends the coin; none, if none is known or that one is
    /// forgotten.
    [[nodiscard]] TransactionIndex spending_transaction(CoinIndex coin) const {
        return records_[coin.value].spent_by;
    }
    /// The coin as it is after `tip`, which must be a block found valid. O(log n) a creator or
    /// spender.
    [[nodiscard]] CoinLookup at(CoinIndex coin, BlockIndex tip, const BlockTree& blocks) const;
    /// The block on the way to `tip` that spends the coin; no_block if none does.
    [[nodiscard]] BlockIndex spender_at(CoinIndex coin, BlockIndex tip,
                                        const BlockTree& blocks) const {
        return spender_of(records_[coin.value], tip, blocks);
    }
    /// Indices in use and free: all indices are below it.
    [[nodiscard]] std::size_t size() const { return records_.size(); }
    [[nodiscard]] bool is_in_use(CoinIndex coin) const {
        return find(records_[coin.value].outpoint) == coin;
    }

    /// The index of the coin of this name, given now if it is new.
    CoinIndex name(const OutPoint& outpoint);
    /// Says what the coin is, once a transaction that has it is known: the first one counts. The
    /// output must stay where it is until `lose_transaction` is called, or the coin forgotten.
    void describe(CoinIndex coin, const Output& output, TransactionIndex transaction,
                  bool of_coinbase);
    /// Says that a transaction that is known spends the coin.
    void add_spending_transaction(CoinIndex coin, TransactionIndex transaction);
    /// Says that a block found valid creates the coin (which must be described), or spends it.
    /// Idempotent.
    void add_creator(CoinIndex coin, BlockIndex block);
    void add_spender(CoinIndex coin, BlockIndex block);

    /// Describes a coin whose transaction is not here: what it is, and the block that created it.
    void recall(CoinIndex coin, const Coin& known, BlockIndex creator);
    /// The transaction goes: if it has the coin, the table takes a copy of the output.
    void lose_transaction(CoinIndex coin, TransactionIndex transaction);
    void forget(CoinIndex coin);

    /// Calls it with the index of each coin that is unspent after `tip`, and the coin, in the order
    /// of the indices.
    template <class Function>
    void for_each_unspent(BlockIndex tip, const BlockTree& blocks, const Function& function) const {
        for (std::uint32_t i = 0; i < records_.size(); ++i) {
            if (records_[i].creator == no_block) continue;
            const CoinLookup found = at(CoinIndex{i}, tip, blocks);
            if (found.state == CoinState::unspent) function(CoinIndex{i}, found.coin);
        }
    }

private:
    static constexpr std::uint32_t no_link = UINT32_MAX;

    /// One more block that creates a coin, or spends it.
    struct Link {
        BlockIndex block;
        bool spends = false;
        std::uint32_t next = no_link;
    };
    struct alignas(64) Record {
        OutPoint outpoint;
        std::uint32_t made_by = no_transaction.value << 1U;  ///< and whether that is a coinbase
        const Output* output = nullptr;  ///< in the transaction, or in kept_outputs_
        TransactionIndex spent_by = no_transaction;
        BlockIndex creator = no_block;  ///< the first block that creates it
        BlockIndex spender = no_block;  ///< and that spends it
        std::uint32_t more = no_link;   ///< any others, in links_

        [[nodiscard]] TransactionIndex transaction() const {
            return TransactionIndex{made_by >> 1U};
        }
        [[nodiscard]] bool of_coinbase() const { return (made_by & 1U) != 0; }
        void set_made_by(TransactionIndex transaction, bool is_coinbase) {
            made_by = transaction.value << 1U | (is_coinbase ? 1U : 0U);
        }
    };
    static_assert(sizeof(Record) == 64, "a coin fills one cache line");
    using Records = PagedArray<Record, 1024>;

    /// Hashes outpoints that strangers name, whether there is such a coin or not: all of it counts,
    /// and so does a secret, or they could choose outpoints that collide.
    struct Hasher {
        using is_avalanching = void;
        using is_transparent = void;

        std::uint64_t secret = 0;
        const Records* records = nullptr;

        std::size_t operator()(const OutPoint& outpoint) const noexcept;
        std::size_t operator()(CoinIndex coin) const noexcept {
            return (*this)((*records)[coin.value].outpoint);
        }
    };
    struct Equal {
        using is_transparent = void;

        const Records* records = nullptr;

        bool operator()(CoinIndex left, CoinIndex right) const noexcept { return left == right; }
        bool operator()(const OutPoint& outpoint, CoinIndex coin) const noexcept {
            return (*records)[coin.value].outpoint == outpoint;
        }
        bool operator()(CoinIndex coin, const OutPoint& outpoint) const noexcept {
            return (*this)(outpoint, coin);
        }
    };

    CoinIndex make_record(const OutPoint& outpoint);
    void add_link(Record& record, BlockIndex block, bool spends);
    [[nodiscard]] bool has_link(const Record& record, BlockIndex block, bool spends) const;
    [[nodiscard]] BlockIndex linked_ancestor(const Record& record, bool spends, BlockIndex tip,
                                             const BlockTree& blocks) const;
    /// The block on the way to `tip` that creates the coin, or spends it; no_block if none does.
    [[nodiscard]] BlockIndex creator_of(const Record& record, BlockIndex tip,
                                        const BlockTree& blocks) const;
    [[nodiscard]] BlockIndex spender_of(const Record& record, BlockIndex tip,
                                        const BlockTree& blocks) const;

    Records records_;
    std::vector<CoinIndex> free_;  ///< of forgotten coins
    std::vector<Link> links_;
    DenseMap<CoinIndex, Output> kept_outputs_;  ///< of coins whose transactions are not here
    boost::unordered_flat_set<CoinIndex, Hasher, Equal> by_outpoint_;  ///< told apart by outpoint
};

}  // namespace bezant
