// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "chain/block_tree.hpp"
#include "chain/fact_index.hpp"
#include "rules/coin_view.hpp"

namespace bezant {

/// Hashes outpoints that strangers name, whether there is such a coin or not: all of it counts, and
/// so does a secret, or they could choose outpoints that collide.
struct NamedOutPointHasher {
    using is_avalanching = void;

    std::uint64_t secret = 0;

    std::size_t operator()(const OutPoint& outpoint) const noexcept;
};

/// All coins that came up, with the blocks that created and that spent each: nearly always one and
/// at most one. A coin is unspent at a tip when a creator is an ancestor of the tip and no spender
/// is, so any number of tips can be asked about without copies, and a reorganisation costs nothing.
/// A coin has one creator at most on any one branch: a payment spends coins, and a coinbase has its
/// block's height. About 110 bytes a coin.
///
/// A coin that nobody refers to any longer can be forgotten; its index is then free for another.
class CoinTable {
public:
    explicit CoinTable(std::uint64_t secret) : by_outpoint_(0, NamedOutPointHasher{secret}) {}

    [[nodiscard]] std::optional<CoinIndex> find(const OutPoint& outpoint) const;
    [[nodiscard]] const OutPoint& outpoint(CoinIndex coin) const {
        return records_[coin.value].outpoint;
    }
    /// The output, once the transaction that has it is known.
    [[nodiscard]] const Output* output(CoinIndex coin) const { return records_[coin.value].output; }
    /// The coin as it is after `tip`, which must be a block found valid. O(log n) a creator or
    /// spender.
    [[nodiscard]] CoinLookup at(CoinIndex coin, BlockIndex tip, const BlockTree& blocks) const;
    /// The block on the way to `tip` that spends the coin; no_block if none does.
    [[nodiscard]] BlockIndex spender_at(CoinIndex coin, BlockIndex tip,
                                        const BlockTree& blocks) const {
        return ancestor_among(records_[coin.value].spenders, tip, blocks);
    }
    /// Indices in use and free: all indices are below it.
    [[nodiscard]] std::size_t size() const { return records_.size(); }
    [[nodiscard]] bool is_in_use(CoinIndex coin) const {
        return find(records_[coin.value].outpoint) == coin;
    }

    /// The index of the coin of this name, given now if it is new.
    CoinIndex name(const OutPoint& outpoint);
    /// Says what the coin is, once the transaction that has it is known. The output must stay where
    /// it is until the coin is described anew, `keep_output` is called, or the coin forgotten.
    void describe(CoinIndex coin, const Output& output, bool of_coinbase);
    /// Says that a block found valid creates the coin (which must be described), or spends it.
    /// Idempotent.
    void add_creator(CoinIndex coin, BlockIndex block);
    void add_spender(CoinIndex coin, BlockIndex block);

    /// Describes a coin whose transaction is not here: what it is, and the block that created it.
    void recall(CoinIndex coin, const Coin& known, BlockIndex creator);
    /// The transaction that has the coin goes: the table takes a copy of the output.
    void keep_output(CoinIndex coin);
    void forget(CoinIndex coin);

private:
    static constexpr std::uint32_t no_link = UINT32_MAX;

    /// The first block here, any others in links_.
    struct BlockList {
        BlockIndex first = no_block;
        std::uint32_t more = no_link;
    };
    struct Link {
        BlockIndex block;
        std::uint32_t next = no_link;
    };
    struct Record {
        OutPoint outpoint;
        bool of_coinbase = false;
        const Output* output = nullptr;
        BlockList creators{};
        BlockList spenders{};
    };
    static_assert(sizeof(Record) == 64, "a coin fills one cache line");

    CoinIndex make_record(const OutPoint& outpoint);
    void add(BlockList& list, BlockIndex block);
    [[nodiscard]] bool contains(const BlockList& list, BlockIndex block) const;
    [[nodiscard]] BlockIndex ancestor_among(const BlockList& list, BlockIndex tip,
                                            const BlockTree& blocks) const;

    std::deque<Record> records_;
    std::vector<CoinIndex> free_;  ///< of forgotten coins
    std::vector<Link> links_;
    std::unordered_map<CoinIndex, Output, IndexHasher> kept_outputs_;
    boost::unordered_flat_map<OutPoint, CoinIndex, NamedOutPointHasher> by_outpoint_;
};

}  // namespace bezant
