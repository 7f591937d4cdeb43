// SPDX-License-Identifier: Apache-2.0
#include "chain/fault_table.hpp"

#include <utility>

#include "chain/parent_faults.hpp"

namespace bezant {

void FaultTable::fail(BlockIndex block, Rejection rejection) {
    rejections_.push_back(std::move(rejection));
    set(block, static_cast<Verdict>(rejections_.size() - 1 + first_fault));
}

// All blocks on top of a bad block's child share the child's rejection: a long branch on a bad
// block costs one text.
void FaultTable::inherit(BlockIndex block, BlockIndex parent, const BlockHash& parent_hash) {
    if (known_fault(parent)->reason == Reason::invalid_parent) {
        set(block, verdicts_[parent.value]);
    } else {
        fail(block, invalid_parent(parent_hash));
    }
}

void FaultTable::set(BlockIndex block, Verdict verdict) {
    if (block.value >= verdicts_.size()) verdicts_.resize(block.value + std::size_t{1});
    verdicts_[block.value] = verdict;
}

}  // namespace bezant
