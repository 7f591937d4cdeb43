// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "base/uint256.hpp"
#include "chain/archive.hpp"
#include "chain/local_chain.hpp"
#include "crypto/ed25519.hpp"
#include "mempool/block_template.hpp"
#include "mempool/mempool.hpp"
#include "node/address_book_codec.hpp"
#include "node/effects.hpp"
#include "node/event.hpp"
#include "node/foresight.hpp"
#include "node/limits.hpp"
#include "node/wallet.hpp"

namespace bezant {

/// How new blocks travel.
enum class BlockRelay : std::uint8_t {
    headers,  ///< told by their headers, and sent whole
    compact,  ///< as compact blocks, between those who both read them
};

/// What may differ between participants of one network. Times of 0 switch the thing off.
struct ParticipantOptions {
    MempoolLimits mempool{};
    Duration announce_interval =
        milliseconds(100);  ///< mean delay that gathers payments for a peer
    Duration request_timeout = seconds(20);
    Duration ping_interval = seconds(120);
    Duration template_interval = seconds(10);  ///< longest age of the block being mined
    Duration fee_floor_interval =
        seconds(600);  ///< mean time until a peer is told that the pool asks for other fees
    std::size_t blocks_in_flight_per_peer_max = 16;
    std::size_t payments_in_flight_per_peer_max = 1'000;
    /// Bytes of bodies that wait for their ancestors. From half of it on, only bodies that need not
    /// wait are asked for; what comes beyond it and must wait is not kept, and asked for again.
    std::size_t waiting_body_bytes_max = 128'000'000;
    BlockRelay block_relay = BlockRelay::headers;
    /// Where forget_buried begins to give memory back.
    std::size_t transactions_in_memory_min = 10'000;
    bool mines = false;  ///< from the start
    /// Whom its blocks pay; left out, its own key, which signs them in any case.
    std::optional<PublicKeyHash> payout{};
    /// The work that the network's chain is known to have: headers of a chain with less are not
    /// kept. Without it a newcomer keeps what he is told first, until he has caught up
    /// (node/header_intake.hpp).
    Uint256 minimum_work{};
    /// Which chain it takes for the ledger; nothing: as the ledger's rules say. Must outlive it.
    const ForkChoice* fork_choice = nullptr;

    // Whom it calls, and who may call (node/outbound.hpp, node/inbound.hpp).
    std::size_t outbound_slots = 0;  ///< to fill by itself; 0: whoever drives it makes connections
    std::size_t inbound_slots = peers_max;    ///< beyond them somebody has to go
    Duration dial_interval = seconds(5);      ///< how often free slots are filled; not 0
    Duration feeler_interval = seconds(120);  ///< mean time between calls that only test an address

    // What it tells and takes of addresses (node/address_book.hpp, node/address_exchange.hpp).
    std::optional<NetworkAddress> advertised_address{};  ///< where others can call it
    AddressRealm address_realm = AddressRealm::internet;
    AddressBookLimits address_book{};
    Duration address_interval = seconds(30);  ///< mean delay that gathers addresses for a peer
};

/// What somebody who mines for a participant may choose of a block.
struct BlockWish {
    std::optional<PublicKeyHash> paid{};  ///< left out: whom its own blocks pay
    TreeShape shape = TreeShape::any;
};

/// One participant of the network: keys, copy of the ledger, waiting payments, neighbours, miner.
///
/// A deterministic state machine: `handle` is the only way in, Effects the only way out. It owns no
/// clock, socket, file, thread or global; the same events give the same effects. Not thread-safe.
class Participant {
public:
    /// `archive` must outlive the participant. `stored` are the blocks kept from an earlier life,
    /// parents before children; they become known at once. `remembered` is what an earlier life
    /// knew of others. Without it the book is empty, and its secret is drawn from `random`; where
    /// there are strangers, whoever drives the participant gives an empty book with a secret of
    /// better origin, on which it also rests that the numbers which they see (nonces) tell them
    /// nothing of what else is drawn.
    Participant(Archive& archive, std::unique_ptr<const Signer> key, ParticipantOptions options,
                Random random, std::span<const BlockIndex> stored = {},
                std::optional<RememberedPeers> remembered = std::nullopt);
    /// One that has its key itself.
    Participant(Archive& archive, SigningKey key, ParticipantOptions options, Random random,
                std::span<const BlockIndex> stored = {},
                std::optional<RememberedPeers> remembered = std::nullopt);
    ~Participant();
    Participant(Participant&&) noexcept;
    Participant& operator=(Participant&&) noexcept;

    /// Something happened at `now`, by this participant's own clock.
    void handle(const Event& event, Time now, Effects& effects);

    /// For whoever drives many: it will be given this event soon, and what it looks at may be on
    /// its way into the processor's cache meanwhile. Asked step by step, while others are at it.
    void expect(const Event& event, Foresight step) const;

    /// For whoever knows what its user is going to order: what does not need to wait for the order
    /// may be begun (Wallet::expect_order). Changes nothing.
    void expect_order(const PayOrder& order) const;

    /// For whoever drives a participant whose archive is its own and has a storage: after what it
    /// found out was stored, and between two events, memory may be given back. Costs nothing until
    /// there is enough of it.
    void forget_buried();

    /// For whoever drives several participants on one archive, and lets it forget what is settled:
    /// marks what this one may still do something with.
    void hold_waiting_facts(HeldFacts& held) const;

    /// For those who search nonces elsewhere: the block that this participant would mine now. It
    /// lacks only its nonce, and comes back as BlockSubmitted.
    [[nodiscard]] Block next_block(Time now, const BlockWish& wish = {}) const;

    [[nodiscard]] const LocalChain& chain() const;
    [[nodiscard]] const Mempool& mempool() const;
    [[nodiscard]] const Wallet& wallet() const;
    [[nodiscard]] Balance balance() const;
    /// Balance::spendable, or no less than `enough` of it: costs a look at the largest coins.
    [[nodiscard]] Amount spendable(Amount enough) const;
    [[nodiscard]] const PublicKey& public_key() const;
    /// To be kept over restarts (node/address_book_codec.hpp): whom it knows of, and whom it shall
    /// call first.
    [[nodiscard]] const AddressBook& addresses() const;
    [[nodiscard]] std::vector<NetworkAddress> anchors() const;
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bezant
