// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/amount.hpp"
#include "base/boxed.hpp"
#include "base/strong_integer.hpp"
#include "base/time.hpp"
#include "ledger/block.hpp"
#include "node/message.hpp"
#include "node/network_address.hpp"

namespace bezant {

/// A neighbour, numbered by whoever drives the participant; never used for another one later.
struct PeerIdTag;
using PeerId = StrongInteger<PeerIdTag, std::uint32_t>;

enum class TimerKind : std::uint8_t {
    announce_payments,  ///< send the payments gathered for a peer
    request_timeout,    ///< something asked of a peer has not come
    ping,               ///< see whether a peer is alive
    refresh_template,   ///< take new payments and the time into the block being mined
    fee_floor,          ///< tell a peer what fees the pool asks for now
    tend_peers,         ///< see whether somebody is to be called
    send_addresses,     ///< send the addresses gathered for a peer
};

struct Timer {
    TimerKind kind{};
    PeerId peer;  ///< for refresh_template and tend_peers: not used

    friend auto operator<=>(const Timer&, const Timer&) = default;
};

/// A user's order: pay so much to this owner.
struct PayOrder {
    std::uint64_t order = 0;  ///< the user's number for it, given back in the notice of its outcome
    PublicKeyHash to;
    Amount amount;
    Amount fee;
};

// Everything that can happen to a participant.
struct Started {};
struct PeerConnected {
    PeerId peer;
    bool outbound = false;  ///< we called them
    /// Where they are, if it is known: what was dialled, or where they called from. From whom it is
    /// not known, no addresses are taken.
    std::optional<NetworkAddress> address{};
};
struct PeerDisconnected {
    PeerId peer;
};
struct MessageArrived {
    PeerId peer;
    Message message;
};
struct TimerFired {
    Timer timer;
};
struct MiningSwitched {
    bool on = false;
};
/// A nonce that makes the header of this mining job meet its target.
struct NonceFound {
    std::uint64_t job = 0;
    std::uint32_t nonce = 0;
};
/// On a network with sampled proof of work: this participant finds a block now.
struct BlockGranted {};
struct PaymentOrdered {
    PayOrder order;
};
/// A transaction made elsewhere that a user hands in, to be relayed like one's own.
struct PaymentSubmitted {
    TransactionIndex payment = no_transaction;
};
/// What was dialled did not answer, or not in time: whoever drives the participant says how long
/// that is.
struct DialFailed {
    NetworkAddress address;
};
/// A user, a file or a name service names participants that can be called.
struct AddressesGiven {
    std::vector<NetworkAddress> addresses;
};

/// A block made elsewhere that a user hands in, to be treated like one's own find. By value: one
/// that is refused shall leave no trace.
struct BlockSubmitted {
    Boxed<Block> block;
};

using Event = std::variant<Started, PeerConnected, PeerDisconnected, MessageArrived, TimerFired,
                           MiningSwitched, NonceFound, BlockGranted, PaymentOrdered,
                           PaymentSubmitted, DialFailed, AddressesGiven, BlockSubmitted>;

}  // namespace bezant
