// SPDX-License-Identifier: Apache-2.0
#include "sim/world/tip_census.hpp"

#include <tuple>

namespace bezant::sim {

void TipCensus::set(ParticipantId who, BlockIndex tip) {
    BlockIndex& current = tips_[who];
    if (current == tip) return;
    if (current != no_block) {
        const auto old = counts_.find(current);
        if (--old->second == 0) counts_.erase(old);
    }
    if (tip != no_block) ++counts_[tip];
    current = tip;
}

BlockIndex TipCensus::common(const BlockTree& blocks) const {
    BlockIndex best = genesis_index;
    std::uint32_t best_count = 0;
    for (const auto& [tip, count] : counts_) {
        if (std::tie(count, blocks[tip].work) <= std::tie(best_count, blocks[best].work)) continue;
        best = tip;
        best_count = count;
    }
    return best;
}

}  // namespace bezant::sim
