// SPDX-License-Identifier: Apache-2.0
#include "node/known_branches.hpp"

#include <algorithm>

namespace bezant {

void KnownBranches::add(BlockIndex block, const BlockTree& blocks) {
    if (contains(block, blocks)) return;
    const auto begin = tips_.begin();
    const auto grown =
        std::remove_if(begin, begin + static_cast<std::ptrdiff_t>(count_),
                       [&](BlockIndex tip) { return blocks.is_ancestor(tip, block); });
    count_ = static_cast<std::size_t>(grown - begin);
    if (count_ < tips_.size()) {
        tips_[count_++] = block;
        return;
    }
    const auto least = std::ranges::min_element(
        tips_, {}, [&](BlockIndex tip) -> const Uint256& { return blocks[tip].work; });
    *least = block;
}

bool KnownBranches::contains(BlockIndex block, const BlockTree& blocks) const {
    return std::ranges::any_of(tips(),
                               [&](BlockIndex tip) { return blocks.is_ancestor(block, tip); });
}

BlockIndex KnownBranches::last_shared(BlockIndex tip, const BlockTree& blocks) const {
    BlockIndex highest = genesis_index;
    for (const BlockIndex branch : tips()) {
        const BlockIndex shared = blocks.fork_point(branch, tip);
        if (blocks[shared].height > blocks[highest].height) highest = shared;
    }
    return highest;
}

}  // namespace bezant
