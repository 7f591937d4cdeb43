// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "chain/archive.hpp"
#include "sim/observer.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// When and where a block was first made, and when each participant took it as valid. What is kept
/// by participant is let go (the vectors are empty) once the block is 100 deep.
struct BlockHistory {
    BlockIndex block = no_block;
    std::optional<ParticipantId> miner;
    Time mined;
    std::vector<std::optional<Duration>> reached;  ///< by participant, since `mined`
    std::vector<std::uint32_t> hops;               ///< links it crossed to get there
};

/// What can be seen of participants that carry out a scenario, whether their world is simulated or
/// real: what observers are told from, and reports are made of.
class ObservedWorld {
public:
    ObservedWorld() = default;
    ObservedWorld(const ObservedWorld&) = delete;
    ObservedWorld& operator=(const ObservedWorld&) = delete;
    virtual ~ObservedWorld() = default;

    [[nodiscard]] virtual const Scenario& scenario() const = 0;
    [[nodiscard]] virtual Duration elapsed() const = 0;  ///< since the start
    /// Every block that anyone has made, bodies included.
    [[nodiscard]] virtual const Archive& archive() const = 0;
    [[nodiscard]] virtual std::size_t size() const = 0;
    /// The block that a participant is on; nothing while it does not run.
    [[nodiscard]] virtual std::optional<BlockIndex> tip_of(ParticipantId id) const = 0;
    /// The participant that has this key; nothing for a stranger's (an attacker's side key).
    [[nodiscard]] virtual std::optional<ParticipantId> owner_of(
        const PublicKeyHash& owner) const = 0;
    /// The tip that most running participants are on (most work at equal numbers).
    [[nodiscard]] virtual BlockIndex common_tip() const = 0;
    [[nodiscard]] virtual const BlockHistory* history(BlockIndex block) const = 0;
};

}  // namespace bezant::sim
