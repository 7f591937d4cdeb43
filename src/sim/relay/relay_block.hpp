// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sim/observer.hpp"

namespace bezant::sim {

/// A block among all that were found, from 0, which is genesis.
using RelayBlockIndex = std::uint32_t;

/// A block, where only relaying counts.
struct RelayBlock {
    RelayBlockIndex parent = 0;
    std::uint32_t height = 0;
    ParticipantId miner = 0;
    std::uint64_t found_us = 0;          ///< since the start
    std::uint32_t half_us = 0;           ///< from then until half of all participants had it
    std::uint32_t nine_tenths_us = 0;    ///< the same, nine in ten
    std::uint32_t tips = 0;              ///< participants whose best block it is
    std::optional<std::uint32_t> place;  ///< among those under way
};

/// What a participant knows of a block, in four bytes. Times are microseconds after the block was
/// found; from half an hour on they are taken to be half an hour.
class BlockKnowledge {
public:
    static constexpr std::uint32_t time_us_max = 1'800'000'000;

    /// Has heard nothing of it, nor is about to.
    BlockKnowledge() = default;
    /// The first announcement of it that is known of comes then.
    static BlockKnowledge announced_at(std::uint64_t us) { return BlockKnowledge{code(us)}; }
    static BlockKnowledge asked() { return BlockKnowledge{0}; }
    /// Had it then, and all before it.
    static BlockKnowledge had_at(std::uint64_t us) { return BlockKnowledge{code(us) | 1U}; }

    /// Whether an announcement that comes then would come before all else.
    [[nodiscard]] bool is_news(std::uint64_t us) const { return bits_ > (code(us) | 1U); }
    [[nodiscard]] bool is_wanted() const { return bits_ != 0 && !is_had(); }
    [[nodiscard]] bool is_had() const { return (bits_ & 1U) != 0; }
    /// When, if it is had.
    [[nodiscard]] std::uint32_t time_us() const { return (bits_ >> 1U) - 1; }

private:
    explicit BlockKnowledge(std::uint32_t bits) : bits_(bits) {}
    /// Grows with the time; the lowest bit is free.
    static std::uint32_t code(std::uint64_t us) {
        return (static_cast<std::uint32_t>(std::min<std::uint64_t>(us, time_us_max)) + 1) << 1U;
    }

    std::uint32_t bits_ = UINT32_MAX - 1;
};

/// What participants know of a block that is under way. Its memory is used again for later blocks.
struct RelayedBlock {
    RelayBlockIndex block = 0;
    std::uint32_t bytes = 0;
    std::vector<BlockKnowledge> knowledge;  ///< by participant
    std::uint32_t reached = 0;              ///< how many have it
    std::uint64_t pending = 0;              ///< events to come that are about it
    /// Who has got a child of it first, and the child's place.
    std::vector<std::pair<ParticipantId, std::uint32_t>> waiting;
};

}  // namespace bezant::sim
