// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "chain/archive.hpp"
#include "chain/fork_choice.hpp"
#include "chain/index_set.hpp"

namespace bezant {

/// How a participant's best chain moved: back along one branch, then forward along another.
struct TipChange {
    BlockIndex from = no_block;
    BlockIndex to = no_block;
    std::vector<BlockIndex> disconnected;  ///< newest first
    std::vector<BlockIndex> connected;     ///< oldest first
    /// Blocks that waited for the one that arrived, and turned out to break a rule when their turn
    /// came (LocalChain::fault says which), parents first. None of them is on the chain.
    std::vector<BlockIndex> refused;
    /// Valid blocks, of the one that arrived and those that waited for it, that are not on the
    /// chain after all, parents first.
    std::vector<BlockIndex> left_stale{};

    [[nodiscard]] bool moved() const { return from != to; }
};

/// What one participant knows of the chain, and which tip it prefers: which headers and bodies have
/// reached it, by index into the archive of facts. Most work wins; at equal work, first seen;
/// unless another rule is given. Some hundred bytes and under one bit a block and set.
class LocalChain {
public:
    /// Knows the genesis block only. The archive and the rule must outlive it.
    explicit LocalChain(Archive& archive, const ForkChoice& choice = MostWorkFirstSeen::instance());

    /// The connected block that the rule prefers. By the ledger's own rule the one with most work:
    /// the one connected first at equal work, the one that arrived first if they were connected at
    /// once.
    [[nodiscard]] BlockIndex tip() const { return tip_; }
    [[nodiscard]] Height height() const { return archive_.blocks()[tip_].height; }
    /// The header with most work among those known and not found to break a rule; first seen at
    /// equal.
    [[nodiscard]] BlockIndex best_header() const { return best_header_; }

    [[nodiscard]] bool has_header(BlockIndex block) const { return headers_.contains(block.value); }
    [[nodiscard]] bool has_body(BlockIndex block) const { return bodies_.contains(block.value); }
    /// Whether the block and all its ancestors have arrived and were found valid.
    [[nodiscard]] bool is_connected(BlockIndex block) const {
        return connected_.contains(block.value);
    }

    /// Whether the block is on the way from genesis to the tip.
    [[nodiscard]] bool is_on_best_chain(BlockIndex block) const {
        return archive_.blocks().is_ancestor(block, tip_);
    }
    /// The block of the best chain at this height, which must not be above the tip's. O(log n).
    [[nodiscard]] BlockIndex block_at(Height height) const {
        return archive_.blocks().ancestor(tip_, height);
    }
    /// How many blocks of the best chain are on this one, itself included: 1 for the tip, 0 if it
    /// is not on the best chain.
    [[nodiscard]] std::uint32_t confirmations(BlockIndex block) const;

    /// Why a block whose header is known here, or one of its ancestors, was found to break a rule
    /// here; nothing if it was not.
    [[nodiscard]] std::optional<Rejection> fault(BlockIndex block) const;

    /// Takes in a header that has arrived. Its parent's header must be known here (unknown_parent
    /// otherwise). Refuses one that breaks a rule, or is too far ahead of `now` (time_too_late: not
    /// remembered, it may be good later). True if it was new.
    Result<bool, Rejection> accept_header(BlockIndex block, Time now);

    /// Takes in a body, which the archive must have and whose header must be known here, connects
    /// it and any that waited for it, and moves to the best tip. Bodies may come in any order. A
    /// block that breaks a rule is refused and never asked for again; nor are its descendants. One
    /// that is known changes nothing.
    Result<TipChange, Rejection> accept_body(BlockIndex block);

    /// Bodies lacking on the way to the best header, oldest first, at most `count_max`, leaving out
    /// those for which `skip` holds. Costs O(log n) steps to find the first, and then one for each
    /// block from there on until `count_max` are found: a caller with a bounded window of bodies
    /// under way is served in proportion to it.
    [[nodiscard]] std::vector<BlockIndex> missing_bodies(
        std::size_t count_max, const std::function<bool(BlockIndex)>& skip = {}) const;

    /// Bytes of the bodies that wait for their ancestors.
    [[nodiscard]] std::size_t waiting_bytes() const { return waiting_bytes_; }
    /// Number of those bodies.
    [[nodiscard]] std::size_t waiting_count() const { return waiting_.size(); }

    /// The coin as this participant's best chain has it.
    [[nodiscard]] CoinLookup coin(CoinIndex coin) const {
        return archive_.coins().at(coin, tip_, archive_.blocks());
    }

    /// Bytes of memory held, for measurement.
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    /// A known block that breaks a rule, by its own fault or by that of an ancestor.
    struct Invalid {
        BlockIndex block;
        BlockIndex culprit;
    };

    /// A body whose ancestors are not all here.
    struct Waiting {
        BlockIndex block;
        std::size_t bytes = 0;
    };

    [[nodiscard]] const BlockNode& node(BlockIndex block) const { return archive_.blocks()[block]; }
    [[nodiscard]] const Invalid* find_invalid(BlockIndex block) const;
    void remember_invalid(BlockIndex block, BlockIndex culprit);
    void remember_header(BlockIndex block);
    void forget_contenders();
    void choose_best_header();

    void connect_waiting_from(BlockIndex block, TipChange& change);
    void refuse(BlockIndex block);
    void settle_waiting();
    void fill_branches(TipChange& change) const;
    [[nodiscard]] Height first_unconnected_height() const;

    Archive& archive_;
    const ForkChoice& choice_;
    BlockIndex tip_ = genesis_index;
    BlockIndex best_header_ = genesis_index;
    IndexSet headers_;
    IndexSet bodies_;
    IndexSet connected_;
    std::vector<Waiting> waiting_;  ///< bodies whose ancestors are not all here, as they came
    std::size_t waiting_bytes_ = 0;
    std::vector<Invalid> invalid_;  ///< by index
    /// Headers as they came, but for those with less work than the tip had when last pruned: one of
    /// them is best, whichever turn out to be invalid, for the tip itself never does.
    std::vector<BlockIndex> contenders_;
    std::size_t contenders_until_pruning_ = 0;
};

}  // namespace bezant
