// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "chain/fact_index.hpp"
#include "sim/observer.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

class World;

/// Measures how the network is split in ties: how much of the others' hash rate mines on the secret
/// miner's block when one of them ends the tie.
class TieCensus {
public:
    /// He has shown a rival to their last block: this one.
    void begin(BlockIndex his) { his_ = his; }
    /// The tie is over before anyone has found a block.
    void drop() { his_.reset(); }

    struct Find {
        ParticipantId by = 0;
        BlockIndex block;
    };
    /// One of the others has found a block; counts if there is a tie, and ends it. `shares` are of
    /// all hash rate, by participant. Linear in the participants.
    void end(const World& world, const Find& find, ParticipantId miner,
             std::span<const PartsPerMillion> shares);

    /// Ties that one of the others ended, and the mean share that mined on his block in them.
    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] std::optional<double> mean_share() const;

private:
    std::optional<BlockIndex> his_;
    std::uint64_t count_ = 0;
    double sum_ = 0;  ///< of the shares
};

}  // namespace bezant::sim
