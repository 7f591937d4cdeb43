// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/miner_share.hpp"

#include "sim/world.hpp"

namespace bezant::sim {

double MinerShare::revenue() const {
    return main_chain() == 0 ? 0.0 : static_cast<double>(his) / static_cast<double>(main_chain());
}

MinerShare share_of_miner(const World& world, ParticipantId miner) {
    const BlockTree& blocks = world.archive().blocks();
    const BlockIndex tip = world.common_tip();
    MinerShare share;
    for (BlockIndex block{1}; block.value < blocks.size(); ++block.value) {
        const BlockHistory* history = world.history(block);
        if (history == nullptr) continue;  // nobody has mined it
        const bool is_his = history->miner == miner;
        if (blocks.is_ancestor(block, tip))
            ++(is_his ? share.his : share.others);
        else
            ++(is_his ? share.his_lost : share.others_lost);
    }
    return share;
}

}  // namespace bezant::sim
