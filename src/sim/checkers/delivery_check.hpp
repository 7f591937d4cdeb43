// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chain/index_set.hpp"
#include "chain/local_chain.hpp"
#include "node/message.hpp"
#include "sim/checkers/check_failure.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

/// bytes_come_first: nobody uses a block or a payment of another's before all its bytes have
/// reached him in this life, or lay on his disk.
class DeliveryCheck {
public:
    explicit DeliveryCheck(std::uint32_t participants) : known_(participants) {}

    void came_to_life(ParticipantId who, std::span<const BlockIndex> stored);
    void arriving(ParticipantId who, const Message& message);
    /// He made it himself.
    void made(ParticipantId who, BlockIndex block) { known_[who].blocks.insert(block.value); }

    [[nodiscard]] CheckResult uses(ParticipantId who, const TipChange& change) const;
    [[nodiscard]] CheckResult uses(ParticipantId who, TransactionIndex payment) const;

private:
    struct Known {
        IndexSet blocks;
        IndexSet payments;
    };

    std::vector<Known> known_;  ///< by participant
};

}  // namespace bezant::sim
