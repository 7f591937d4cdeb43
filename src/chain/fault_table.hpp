// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <ranges>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "chain/block_tree.hpp"
#include "chain/fact_index.hpp"
#include "rules/reason.hpp"

namespace bezant {

/// Verdicts on blocks, each worked out once and after those on all ancestors. Genesis is valid by
/// definition. Rejections stay where they are.
class FaultTable {
public:
    FaultTable() { pass(genesis_index); }

    /// The rejection of this block, or nothing if it is valid. `judge(block)` gives a
    /// Result<void, Rejection> on a block whose ancestors are all valid; it is called once a block
    /// at most, parents before children, and never for a descendant of a bad block.
    template <class Judge>
    const Rejection* fault(BlockIndex block, const BlockTree& blocks, const Judge& judge) {
        std::vector<BlockIndex> unjudged;
        for (BlockIndex next = block; !is_judged(next); next = blocks[next].parent)
            unjudged.push_back(next);
        for (const BlockIndex next : unjudged | std::views::reverse) {
            const BlockIndex parent = blocks[next].parent;
            if (known_fault(parent) != nullptr) {
                inherit(next, parent, blocks[parent].hash);
            } else if (Result<void, Rejection> verdict = judge(next); verdict) {
                pass(next);
            } else {
                fail(next, std::move(verdict).error());
            }
        }
        return known_fault(block);
    }

    /// Whether the block was found valid. Costs one look.
    [[nodiscard]] bool is_valid(BlockIndex block) const {
        return is_judged(block) && known_fault(block) == nullptr;
    }

    /// Whether the block was found to break a rule. Costs one look.
    [[nodiscard]] bool is_bad(BlockIndex block) const {
        return is_judged(block) && known_fault(block) != nullptr;
    }
    /// The block was found valid, and so were its ancestors: known from elsewhere.
    void pass(BlockIndex block) { set(block, valid_verdict); }

private:
    /// 0: not judged. 1: valid. Else the place of the rejection plus 2.
    using Verdict = std::uint32_t;
    static constexpr Verdict unjudged_verdict = 0;
    static constexpr Verdict valid_verdict = 1;
    static constexpr Verdict first_fault = 2;

    [[nodiscard]] bool is_judged(BlockIndex block) const {
        return block.value < verdicts_.size() && verdicts_[block.value] != unjudged_verdict;
    }
    [[nodiscard]] const Rejection* known_fault(BlockIndex block) const {
        const Verdict verdict = verdicts_[block.value];
        return verdict == valid_verdict ? nullptr : &rejections_[verdict - first_fault];
    }
    void fail(BlockIndex block, Rejection rejection);
    void inherit(BlockIndex block, BlockIndex parent, const BlockHash& parent_hash);
    void set(BlockIndex block, Verdict verdict);

    std::vector<Verdict> verdicts_;
    std::deque<Rejection> rejections_;
};

}  // namespace bezant
