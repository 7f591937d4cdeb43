// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/random.hpp"
#include "chain/archive.hpp"
#include "chain/index_set.hpp"
#include "chain/local_chain.hpp"
#include "mempool/mempool.hpp"
#include "node/address_book.hpp"
#include "node/address_exchange.hpp"
#include "node/block_requests.hpp"
#include "node/compact_senders.hpp"
#include "node/limits.hpp"
#include "node/miner.hpp"
#include "node/orphan_payments.hpp"
#include "node/outbound.hpp"
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
    ParticipantState(Archive& facts, std::unique_ptr<const Signer> key, ParticipantOptions chosen,
                     Random seeded, std::optional<RememberedPeers> remembered)
        : archive(facts),
          options(chosen),
          chain(facts, options.fork_choice == nullptr ? MostWorkFirstSeen::instance()
                                                      : *options.fork_choice),
          pool(facts, options.mempool),
          wallet(std::move(key)),
          random(seeded),
          orphans(options.mempool.orphans_max),
          addresses(remembered ? std::move(remembered->book) : empty_book(options, seeded)),
          address_random(random_for_addresses(addresses.secret(), seeded)) {
        if (remembered) outbound.anchors = outbound.kept_anchors = std::move(remembered->anchors);
        hello_nonce = shown_number();
    }

    /// A random number for strangers to see: a secret hash of what is drawn, so that nobody can
    /// tell from it what was drawn before or will be next.
    [[nodiscard]] std::uint64_t shown_number();

    Archive& archive;
    ParticipantOptions options;
    std::uint64_t hello_nonce = 0;  ///< in every hello: who meets it has called himself

    LocalChain chain;
    IndexSet stored;  ///< blocks given to the disk, or come from it
    Mempool pool;
    Wallet wallet;
    Miner miner;

    std::optional<PeerId> header_lead;  ///< who alone is asked for headers while we are far behind
    BlockRequests block_requests;
    CompactSenders compact_senders;

    // What is looked at for every payment lies together.
    Random random;
    Peers peers;
    bool peers_dropped = false;  ///< some are to be forgotten at the end of the turn
    PaymentRelay relay;
    PaymentRequests payment_requests;
    OrphanPayments orphans;
    RefusedPayments refused;

    /// Transactions in memory (node/forgetting.hpp).
    std::size_t forget_at = 0;
    Amount fee_floor;  ///< the pool's, when it was last looked at (node/fee_floor.hpp)

    AddressBook addresses;
    Random address_random;  ///< for all that is drawn about addresses; nobody sees its numbers
    Outbound outbound;
    AddressExchange exchange;

private:
    static AddressBook empty_book(const ParticipantOptions& options, const Random& random);
    static Random random_for_addresses(const AddressSecret& secret, const Random& random);
};

}  // namespace bezant
