// SPDX-License-Identifier: Apache-2.0
#include "sim/agreement.hpp"

#include <algorithm>

namespace bezant::sim {

void Agreement::set(ParticipantId who, std::optional<BlockIndex> tip) {
    std::optional<BlockIndex>& present = tips_[who];
    if (present == tip) return;
    if (present && --counts_[present->value] == 0) --different_;
    if (tip) {
        if (tip->value >= counts_.size()) counts_.resize(tip->value + 1);
        if (counts_[tip->value]++ == 0) ++different_;
        best_height_ = std::max(best_height_, blocks_[*tip].height);
    }
    present = tip;
}

std::optional<BlockIndex> Agreement::common_ancestor() const {
    std::optional<BlockIndex> common;
    for (const std::optional<BlockIndex>& tip : tips_) {
        if (tip) common = common ? blocks_.fork_point(*common, *tip) : *tip;
    }
    return common;
}

BlockIndex Agreement::common_tip() const {
    BlockIndex best = genesis_index;
    for (const std::optional<BlockIndex>& tip : tips_) {
        if (!tip) continue;
        const std::uint32_t held = best.value < counts_.size() ? counts_[best.value] : 0;
        const std::uint32_t count = counts_[tip->value];
        if (count < held) continue;
        if (count > held || blocks_[*tip].work > blocks_[best].work) best = *tip;
    }
    return best;
}

}  // namespace bezant::sim
