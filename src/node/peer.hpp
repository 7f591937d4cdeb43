// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/strong_integer.hpp"
#include "base/time.hpp"
#include "chain/fact_index.hpp"
#include "node/compact_block.hpp"
#include "node/event.hpp"
#include "node/header_presync.hpp"
#include "node/known_branches.hpp"
#include "node/limits.hpp"
#include "node/open_requests.hpp"

namespace bezant {

/// A question for headers: at most one is open at a neighbour.
struct HeaderRequest {
    RequestStage stage = RequestStage::asked;
    Time asked_at;
};

/// What a connection is for.
enum class ConnectionPurpose : std::uint8_t {
    theirs,   ///< they called us
    ordered,  ///< made by whoever drives the participant: a link of a scenario, a user's wish
    slot,     ///< fills an outbound slot
    feeler,   ///< ends once the other has shown that it is there
};

/// All that a participant keeps of one neighbour. Only data: what it means is with those who use
/// it. What is looked at for every payment comes first, and so lies together.
struct Peer {
    PeerId id;
    std::uint32_t slot = 0;  ///< small number among the neighbours of now, for PeerSet
    bool outbound = false;
    bool greeted = false;     ///< its hello has come
    bool dropped = false;     ///< to be forgotten when the event has been handled
    std::uint32_t score = 0;  ///< of misconduct (node/conduct.hpp)
    Height height;            ///< as its hello said

    // Payments (node/payment_relay.hpp, node/payment_requests.hpp).
    std::uint64_t announced_up_to = 0;  ///< payments before this place in our order are dealt with
    bool announcing = false;            ///< its timer is running
    OpenRequests<TransactionIndex> payments_asked;
    std::vector<TransactionIndex> payments_waiting;  ///< to be asked for when there is room
    std::uint64_t payments_brought = 0;              ///< that were taken into the pool

    // What it sent in vain (node/conduct.hpp).
    Duration useless_credit = useless_credit_max;
    Time useless_credited_at;

    // Life signs (node/liveness.hpp).
    std::uint32_t quiet_intervals = 0;  ///< of the ping timer, since it was last heard
    std::optional<std::uint64_t> ping;  ///< nonce of the ping that has no pong yet
    bool timing_requests = false;       ///< its request timer is running

    // Fee floors, each a kilobyte (node/fee_floor.hpp).
    Amount their_floor;              ///< it is not told of payments that pay less
    Amount floor_told;               ///< ours, as it was told last
    bool telling_floor = false;      ///< its timer is running
    bool telling_soon = false;       ///< and an early one
    std::uint32_t floors_heard = 0;  ///< since its ping timer last went off

    // Who has which blocks (node/header_sync.hpp, node/block_sync.hpp).
    KnownBranches theirs;       ///< that it told of, and so can be asked for
    KnownBranches told;         ///< that it was told of
    bool headers_seen = false;  ///< its chain has been asked for, at least once
    std::optional<HeaderRequest> headers_asked;
    std::uint32_t unconnected = 0;         ///< messages with headers that led nowhere, in a row
    std::optional<Time> future_header_at;  ///< when a header of it that came too early will be good
    std::unique_ptr<HeaderPresync> presync;  ///< of a chain that has not shown enough work
    OpenRequests<BlockIndex> blocks_asked;

    // Compact blocks (node/compact_intake.hpp, node/compact_senders.hpp).
    bool reads_compact = false;             ///< it said so
    bool wants_unasked = false;             ///< it wants new ones without asking
    bool may_send_unasked = false;          ///< it was asked to, now or once
    std::uint64_t unasked_blocks = 0;       ///< that it sent
    std::unique_ptr<PartialBlock> partial;  ///< whose missing transactions it was asked for

    // What it was given, which bounds what it may ask for (node/service.hpp).
    std::uint64_t payments_announced = 0;
    std::uint64_t payments_served = 0;
    std::uint64_t blocks_served = 0;
    std::uint64_t headers_served = 0;

    // Where it is, and what it says of where others are (node/outbound.hpp, node/inbound.hpp,
    // node/address_exchange.hpp).
    ConnectionPurpose purpose = ConnectionPurpose::theirs;
    std::optional<NetworkAddress> address;  ///< where it is called, or calls from
    Time connected_at;
    std::optional<Time> block_at;       ///< when it last brought a valid block
    std::optional<Time> payment_at;     ///< when it last brought a payment that was taken
    std::optional<Time> pinged_at;      ///< when the ping went out that has no pong yet
    std::optional<Duration> ping_time;  ///< the shortest
    bool addresses_asked = false;       ///< it was asked for addresses, and has not answered
    bool addresses_answered = false;    ///< it was told what we answer
    Duration address_credit = address_credit_each;  ///< for the addresses that it tells of
    std::optional<Time> credited_at;
    std::vector<HeardAddress> addresses_to_send;
    bool sending_addresses = false;  ///< its timer is running

    /// Something that it was asked for is overdue: others are asked first.
    [[nodiscard]] bool stalled() const {
        return blocks_asked.stalled() || payments_asked.stalled();
    }
};

}  // namespace bezant
