// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/tie_census.hpp"

#include <algorithm>
#include <utility>

#include "sim/world.hpp"

namespace bezant::sim {

// By hash rate, not by who found it: the same on the mean, and the mean is reached sooner.
void TieCensus::end(const World& world, const Find& find, ParticipantId miner,
                    std::span<const PartsPerMillion> shares) {
    const std::optional<BlockIndex> his = std::exchange(his_, {});
    if (!his) return;
    const BlockTree& blocks = world.archive().blocks();
    std::uint64_t on_his = 0;
    std::uint64_t all = 0;
    for (ParticipantId who = 0; who < world.size(); ++who) {
        if (who == miner) continue;
        const auto tip = who == find.by ? blocks[find.block].parent : world.tip_of(who);
        if (!tip) continue;
        all += shares[who];
        if (blocks.is_ancestor(*his, *tip)) on_his += shares[who];
    }
    ++count_;
    sum_ += static_cast<double>(on_his) / static_cast<double>(std::max<std::uint64_t>(all, 1));
}

std::optional<double> TieCensus::mean_share() const {
    if (count_ == 0) return std::nullopt;
    return sum_ / static_cast<double>(count_);
}

}  // namespace bezant::sim
