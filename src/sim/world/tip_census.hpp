// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "chain/block_tree.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

/// Which tips the running honest participants are on, and how many on each; kept up to date a
/// change at a time.
class TipCensus {
public:
    explicit TipCensus(std::uint32_t participants) : tips_(participants, no_block) {}

    /// The participant is on this tip now; no_block: he is not counted any more.
    void set(ParticipantId who, BlockIndex tip);

    [[nodiscard]] std::uint32_t distinct() const {
        return static_cast<std::uint32_t>(counts_.size());
    }
    /// The tip of most; of equals that with most work, then the older one. Genesis if nobody runs.
    [[nodiscard]] BlockIndex common(const BlockTree& blocks) const;
    [[nodiscard]] bool agreed() const { return counts_.size() == 1; }

private:
    std::vector<BlockIndex> tips_;
    std::map<BlockIndex, std::uint32_t> counts_;
};

}  // namespace bezant::sim
