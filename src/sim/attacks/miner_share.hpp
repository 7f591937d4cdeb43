// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sim/observer.hpp"

namespace bezant::sim {

class World;

/// Whose blocks of a run came to something, and whose did not.
struct MinerShare {
    std::uint64_t his = 0;  ///< in the main chain
    std::uint64_t others = 0;
    std::uint64_t his_lost = 0;
    std::uint64_t others_lost = 0;

    [[nodiscard]] std::uint64_t main_chain() const { return his + others; }
    /// His share of the main chain's blocks; 0 if there is none.
    [[nodiscard]] double revenue() const;
};

/// Counts the blocks that one participant has mined, and the others. Linear in all blocks.
[[nodiscard]] MinerShare share_of_miner(const World& world, ParticipantId miner);

}  // namespace bezant::sim
