// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/random.hpp"
#include "chain/archive.hpp"
#include "chain/index_set.hpp"
#include "chain/local_chain.hpp"
#include "mempool/mempool.hpp"
#include "node/block_requests.hpp"
#include "node/compact_senders.hpp"
#include "node/miner.hpp"
#include "node/orphan_payments.hpp"
#include "node/participant.hpp"
#include "node/payment_relay.hpp"
#include "node/payment_requests.hpp"
#include "node/peers.hpp"
#include "node/refused_payments.hpp"
#include "node/wallet.hpp"

namespace bezant {

/// All that a participant knows. Each part keeps its own order; the functions that take a Turn
/// bring them together.
struct ParticipantState {
    ParticipantState(Archive& facts, SigningKey key, ParticipantOptions chosen, Random seeded)
        : archive(facts),
          options(chosen),
          random(seeded),
          hello_nonce(random.next()),
          chain(facts),
          pool(facts, chosen.mempool),
          wallet(std::move(key)),
          orphans(chosen.mempool.orphans_max) {}

    Archive& archive;
    ParticipantOptions options;
    Random random;
    std::uint64_t hello_nonce;  ///< in every hello: who meets it has called himself

    LocalChain chain;
    IndexSet stored;  ///< blocks given to the disk, or come from it
    Mempool pool;
    Wallet wallet;
    Miner miner;

    Peers peers;
    bool peers_dropped = false;         ///< some are to be forgotten at the end of the turn
    std::optional<PeerId> header_lead;  ///< who alone is asked for headers while we are far behind
    BlockRequests block_requests;
    CompactSenders compact_senders;

    PaymentRelay relay;
    PaymentRequests payment_requests;
    OrphanPayments orphans;
    RefusedPayments refused;
    Amount fee_floor;  ///< the pool's, when it was last looked at (node/fee_floor.hpp)
};

}  // namespace bezant
