// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "chain/archive.hpp"
#include "chain/index_set.hpp"

namespace bezant {

/// How a participant's best chain moved: back along one branch, then forward along another.
struct TipChange {
    BlockIndex from = no_block;
    BlockIndex to = no_block;
    std::vector<BlockIndex> disconnected;  ///< newest first
    std::vector<BlockIndex> connected;     ///< oldest first

    [[nodiscard]] bool moved() const { return from != to; }
};

/// What one participant knows of the chain, and which tip it prefers: which headers and bodies have
/// reached it, by index into the archive of facts. Most work wins; at equal work, first seen.
class LocalChain {
public:
    /// Knows the genesis block only.
    explicit LocalChain(Archive& archive);

    [[nodiscard]] BlockIndex tip() const;
    [[nodiscard]] Height height() const;
    /// The header with most work among those known and not found to break a rule; first seen at
    /// equal.
    [[nodiscard]] BlockIndex best_header() const;

    [[nodiscard]] bool has_header(BlockIndex block) const;
    [[nodiscard]] bool has_body(BlockIndex block) const;

    /// Takes in a header that has arrived. Its parent's header must be known here (unknown_parent
    /// otherwise). Refuses one that breaks a rule, or is too far ahead of `now` (time_too_late: not
    /// remembered, it may be good later). True if it was new.
    Result<bool, Rejection> accept_header(BlockIndex block, Time now);

    /// Takes in a body whose header is known here, connects it and any that waited for it, and
    /// moves to the best tip. Bodies may come in any order. A block that breaks a rule is refused
    /// and never asked for again; nor are its descendants.
    Result<TipChange, Rejection> accept_body(BlockIndex block);

    /// Bodies lacking on the way to the best header, oldest first, at most `count_max`, skipping
    /// those for which `skip` holds.
    [[nodiscard]] std::vector<BlockIndex> missing_bodies(std::size_t count_max) const;

    /// The coin as this participant's best chain has it.
    [[nodiscard]] CoinLookup coin(CoinIndex coin) const;

    /// Bytes of memory held, for measurement.
    [[nodiscard]] std::size_t memory_bytes() const;
};

}  // namespace bezant
