// SPDX-License-Identifier: Apache-2.0
#include "node/inbound.hpp"

#include "node/address_exchange.hpp"
#include "node/conduct.hpp"
#include "node/inbound_eviction.hpp"
#include "node/participant_state.hpp"
#include "node/secret_choice.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// From where nothing is known, a caller is of a group with all such.
Caller caller_of(const Peer& peer, const AddressSecret& secret) {
    const NetworkGroup group = peer.address ? group_of(*peer.address) : NetworkGroup{};
    return {.peer = peer.id,
            .group = group,
            .group_secret = secret_choice(secret, SecretPurpose::kept_group, group.view()),
            .connected_at = peer.connected_at,
            .ping_time = peer.ping_time,
            .payment_at = peer.payment_at,
            .block_at = peer.block_at};
}

/// Whoever has to go is told of others first, unless he was. Nothing is waited for: a place kept
/// until he asks would be one more that strangers can fill.
void let_go(Turn& turn, Peer& peer) {
    if (!peer.addresses_answered) answer_addresses(turn, peer);
    part(turn, peer, Misconduct::no_room);
}

}  // namespace

void make_room_for(Turn& turn, Peer& peer) {
    ParticipantState& self = turn.self;
    if (self.peers.size() <= self.options.inbound_slots) return;
    std::vector<Caller> others;
    for (const Peer& other : self.peers.all()) {
        if (&other != &peer && !other.outbound && !other.dropped)
            others.push_back(caller_of(other, self.addresses.secret()));
    }
    if (others.size() < self.options.inbound_slots) return;
    const auto evicted = choose_to_evict(std::move(others));
    let_go(turn, evicted ? *self.peers.find(*evicted) : peer);
}

}  // namespace bezant
