// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "base/time.hpp"
#include "chain/local_chain.hpp"
#include "mempool/mempool.hpp"
#include "node/event.hpp"

namespace bezant {

/// A header to search nonces for. Replaces the job before it.
struct MiningJob {
    std::uint64_t job = 0;
    BlockHeader header;
};

/// Why a peer is dropped; each is something that no honest peer does (but `silent`,
/// `wrong_network`, and the last two, which are no fault of the peer's).
enum class Misconduct : std::uint8_t {
    malformed_message,
    unexpected_message,  ///< before hello, a second hello, an answer to nothing
    too_large_message,
    invalid_header,
    invalid_block,
    invalid_payment,
    unrequested_data,
    unconnected_headers,  ///< again and again
    withheld_data,        ///< announced, and not sent when asked
    flooding,
    silent,
    wrong_network,
    self,
    no_longer_needed,  ///< called only to see whether it answers
    no_room,           ///< others are kept instead
};
[[nodiscard]] std::string_view to_text(Misconduct misconduct);

enum class PayError : std::uint8_t {
    insufficient_funds,
    amount_zero,
    amount_overflow,
    refused_by_pool
};
[[nodiscard]] std::string_view to_text(PayError error);

// What a participant tells its user and whoever watches it. Nothing depends on anyone listening.
struct TipMoved {
    const TipChange& change;
    const PoolChange& pool;
};
struct BlockMined {
    BlockIndex block;
};
struct BlockRefused {
    std::optional<PeerId> from;
    BlockIndex block;
    const Rejection& rejection;
};
/// A valid block that did not become the tip: a rival with no more work than what is held.
struct BlockLeftStale {
    BlockIndex block;
};
/// A block that a user handed in is not taken. Of one that is taken, BlockMined is said.
struct SubmissionRefused {
    const BlockHash& block;
    const Rejection* rejection;  ///< nothing: it is here already, and no rule is known to be broken
};
struct PaymentAccepted {
    std::optional<PeerId> from;  ///< nothing for one's own
    TransactionIndex payment;
};
struct PaymentRefused {
    std::optional<PeerId> from;
    TransactionIndex payment;
    const Refusal& refusal;
};
/// A payment arrived that spends a coin which a held or confirmed payment spends.
struct DoubleSpendAttempted {
    TransactionIndex held;
    TransactionIndex offered;
    bool pays_us = false;  ///< either of the two pays this participant's wallet
};
struct OrderPaid {
    std::uint64_t order;
    TransactionIndex payment;
};
struct OrderFailed {
    std::uint64_t order;
    PayError error;
};
struct PeerDropped {
    PeerId peer;
    Misconduct misconduct;
};

using Notice = std::variant<TipMoved, BlockMined, BlockRefused, BlockLeftStale, PaymentAccepted,
                            PaymentRefused, DoubleSpendAttempted, OrderPaid, OrderFailed,
                            PeerDropped, SubmissionRefused>;

/// Work that handling an event took, for a world that charges it in virtual time.
struct Verification {
    std::uint32_t signatures = 0;
    std::uint32_t bytes = 0;
};

/// Where a participant's effects go; given by whoever drives it, for the time of one event.
class Effects {
public:
    Effects() = default;
    Effects(const Effects&) = delete;
    Effects& operator=(const Effects&) = delete;
    virtual ~Effects() = default;

    /// Sends to a connected peer, after all that was sent to it before.
    virtual void send(PeerId peer, Message message) = 0;
    /// Ends a connection; PeerDisconnected does not follow. Who goes for want of room (no_room) is
    /// still sent what was sent before.
    virtual void disconnect(PeerId peer, Misconduct why) = 0;
    /// Asks for a TimerFired at this moment. Timers are not taken back: the participant ignores
    /// those that no longer mean anything.
    virtual void set_timer(Timer timer, Time at) = 0;
    /// Keeps a valid block over restarts, and sees that it is on disk before anything later is
    /// sent.
    virtual void store(BlockIndex block) = 0;
    virtual void mine(const MiningJob& job) = 0;
    virtual void stop_mining() = 0;
    virtual void charge(Verification work) = 0;
    virtual void notice(const Notice& notice) = 0;
    /// Calls this address. Exactly one of two events follows: PeerConnected with `outbound` and the
    /// address, or DialFailed.
    virtual void dial(const NetworkAddress& address) = 0;
};

}  // namespace bezant
