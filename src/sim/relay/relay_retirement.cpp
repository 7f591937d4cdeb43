// SPDX-License-Identifier: Apache-2.0
// When a block ceases to be under way.
#include <algorithm>

#include "base/check.hpp"
#include "sim/relay/relay_engine.hpp"

namespace bezant::sim {

std::uint32_t RelayEngine::make_place() {
    CHECK(has_room(), "whoever finds a block has asked whether there is room");
    if (free_places_.empty()) {
        free_places_.push_back(static_cast<std::uint32_t>(relayed_.size()));
        relayed_.emplace_back();
    }
    const std::uint32_t place = free_places_.back();
    free_places_.pop_back();
    used_places_.push_back(place);
    RelayedBlock& relayed = relayed_[place];
    relayed.knowledge.assign(network_.size(), BlockKnowledge{});
    relayed.reached = 0;
    return place;
}

/// The last block that everyone has on his chain.
RelayBlockIndex RelayEngine::common_ancestor() {
    std::erase_if(tip_blocks_, [this](RelayBlockIndex tip) { return blocks_[tip].tips == 0; });
    // A block that has lost its tips and gained some again is here twice.
    std::ranges::sort(tip_blocks_);
    tip_blocks_.erase(std::ranges::unique(tip_blocks_).begin(), tip_blocks_.end());
    RelayBlockIndex common = tip_blocks_.front();
    for (RelayBlockIndex other : tip_blocks_) {
        // A parent is found before its child.
        while (common != other) {
            RelayBlockIndex& later = common > other ? common : other;
            later = blocks_[later].parent;
        }
    }
    return common;
}

bool RelayEngine::is_ancestor(RelayBlockIndex ancestor, RelayBlockIndex block) const {
    while (block > ancestor) block = blocks_[block].parent;
    return block == ancestor;
}

/// What everyone has built upon is everyone's, and its rivals nobody will ever need: once no event
/// is about them any more, their memory serves later blocks.
void RelayEngine::retire_settled() {
    if (used_places_.empty()) return;
    const RelayBlockIndex common = common_ancestor();
    std::erase_if(used_places_, [&](std::uint32_t place) {
        const RelayedBlock& relayed = relayed_[place];
        if (relayed.pending > 0 || blocks_[relayed.block].height > blocks_[common].height)
            return false;
        retire(place, is_ancestor(relayed.block, common));
        return true;
    });
}

void RelayEngine::retire(std::uint32_t place, bool on_main_chain) {
    RelayedBlock& relayed = relayed_[place];
    RelayBlock& block = blocks_[relayed.block];
    block.place.reset();
    relayed.waiting.clear();
    free_places_.push_back(place);
    if (!on_main_chain) return;
    for (ParticipantId who = 0; who < network_.size(); ++who) {
        if (who == block.miner) continue;
        times_.add(Duration{relayed.knowledge[who].time_us()});
        times_sum_us_ += relayed.knowledge[who].time_us();
    }
}

}  // namespace bezant::sim
