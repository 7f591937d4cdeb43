// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
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
/// reached him in this life, or lay on his disk. A block's bytes have also come when its header
/// has, in a compact block, and each of its transactions, in whatever message.
class DeliveryCheck {
public:
    DeliveryCheck(const Archive& archive, std::uint32_t participants)
        : archive_(archive), known_(participants) {}

    void came_to_life(ParticipantId who, std::span<const BlockIndex> stored);
    void arriving(ParticipantId who, const Message& message);
    /// He made it himself.
    void made(ParticipantId who, BlockIndex block) { knows_block(who, block); }
    void made(ParticipantId who, TransactionIndex payment) {
        known_[who].transactions.insert(payment.value);
    }

    [[nodiscard]] CheckResult uses(ParticipantId who, const TipChange& change) const;
    [[nodiscard]] CheckResult uses(ParticipantId who, TransactionIndex payment) const;

private:
    using Ids = boost::unordered_flat_set<FullTransactionId, DigestHasher>;

    struct Known {
        IndexSet blocks;
        IndexSet compact_blocks;
        IndexSet transactions;
        Ids strange_transactions;  ///< came before they were facts
    };

    void knows_block(ParticipantId who, BlockIndex block);
    void knows(ParticipantId who, const Transaction& transaction);
    [[nodiscard]] bool has(ParticipantId who, TransactionIndex transaction) const;
    [[nodiscard]] bool has(ParticipantId who, BlockIndex block) const;

    const Archive& archive_;
    std::vector<Known> known_;  ///< by participant
};

}  // namespace bezant::sim
