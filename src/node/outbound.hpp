// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "node/peer.hpp"
#include "node/shunned_addresses.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

// Whom a participant calls. It keeps `outbound_slots` connections of its own choice, because an
// attacker can fill the slots that others choose (Heilman et al. 2015):
//
// - no two of them, calls under way included, are to one network group;
// - addresses come from the address book, half of them from among those that have answered before;
// - anchors, the neighbours called longest ago before a restart, are called first, so that a
//   restart, which an attacker may bring about, does not put the participant in his hands;
// - feelers, one call at a time that ends with the handshake, test addresses of the new table, and
//   those in whose tried place another waits, so that tried is full of addresses that answer;
// - an address that has failed is left alone for a minute, and twice as long after each failure, up
//   to four hours; one where somebody misbehaved is not called again.
//
// The participant decides whom to call and when, and asks for it with Effects::dial. Whoever drives
// it makes the connection, gives up after a time of its choice, and says how it went. Connections
// that the driver makes unasked count for nothing here.

/// A call that has not been answered.
struct Call {
    NetworkAddress address;
    ConnectionPurpose purpose = ConnectionPurpose::slot;
};

/// What a participant remembers of its calls.
struct Outbound {
    std::vector<Call> calls;                   ///< under way
    std::vector<NetworkAddress> anchors;       ///< of the last life, still to be called
    std::vector<NetworkAddress> kept_anchors;  ///< of the last life, while there are no others
    ShunnedAddresses shunned;

    [[nodiscard]] std::size_t memory_bytes() const;
};

/// Fills free slots, and now and then sends a feeler. Called on a timer, so that a participant
/// makes at most as many calls an interval as it has slots.
void tend_calls(Turn& turn);

/// Whether what happens once in `mean`, on average, happens this time that peers are tended. That
/// law has no memory, so no moment must be kept, which a clock that is set could put off.
[[nodiscard]] bool is_due(const Turn& turn, Duration mean);

/// The call was answered: what it was for. `ordered` if there was no such call.
[[nodiscard]] ConnectionPurpose call_answered(Turn& turn, const NetworkAddress& address);
void call_failed(Turn& turn, const NetworkAddress& address);

/// A neighbour that we called has greeted: it is on our network.
void callee_greeted(Turn& turn, Peer& peer);

/// A neighbour that we called is gone.
void callee_left(Turn& turn, const Peer& peer);

/// The neighbours in our slots that have been there longest, to be called first after a restart;
/// while there are none, those of the last life.
[[nodiscard]] std::vector<NetworkAddress> anchors_of(const ParticipantState& self);

}  // namespace bezant
