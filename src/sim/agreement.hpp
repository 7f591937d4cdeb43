// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chain/block_tree.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

/// Who is on which tip, of those whom agreement waits for: the honest ones that run.
class Agreement {
public:
    Agreement(std::uint32_t participants, const BlockTree& blocks)
        : blocks_(blocks), tips_(participants) {}

    /// A participant is on this tip now, or on none. O(1).
    void set(ParticipantId who, std::optional<BlockIndex> tip);

    /// Number of different tips: 1 is agreement, 0 is nobody there.
    [[nodiscard]] std::uint32_t tips() const { return different_; }
    /// The tip that most are on; of as many, the one with most work, then the one known first.
    /// Genesis if nobody is there. O(participants).
    [[nodiscard]] BlockIndex common_tip() const;
    /// The last block that all tips are built on, or are; nothing if nobody is there.
    /// O(participants).
    [[nodiscard]] std::optional<BlockIndex> common_ancestor() const;
    /// The highest tip that anyone has ever been on.
    [[nodiscard]] Height best_height() const { return best_height_; }

private:
    const BlockTree& blocks_;
    std::vector<std::optional<BlockIndex>> tips_;  ///< by participant
    std::vector<std::uint32_t> counts_;            ///< by block
    std::uint32_t different_ = 0;
    Height best_height_;
};

}  // namespace bezant::sim
