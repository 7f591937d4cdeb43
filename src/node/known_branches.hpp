// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

#include "chain/block_tree.hpp"
#include "chain/fact_index.hpp"
#include "node/limits.hpp"

namespace bezant {

/// Which blocks someone has, as the tips of a few branches: whoever has a block has its ancestors.
class KnownBranches {
public:
    /// The block and all its ancestors are known to him. If there are too many branches, one with
    /// least work is forgotten.
    void add(BlockIndex block, const BlockTree& blocks);

    /// Whether the block is on one of the branches; false for one on a branch that was forgotten.
    [[nodiscard]] bool contains(BlockIndex block, const BlockTree& blocks) const;

    /// The highest block that a branch shares with the way from genesis to `tip`; genesis if no
    /// branch is known.
    [[nodiscard]] BlockIndex last_shared(BlockIndex tip, const BlockTree& blocks) const;

    [[nodiscard]] std::span<const BlockIndex> tips() const { return {tips_.data(), count_}; }

private:
    std::array<BlockIndex, branches_per_peer_max> tips_{};
    std::size_t count_ = 0;
};

}  // namespace bezant
