// SPDX-License-Identifier: Apache-2.0
#include "node/event_handling.hpp"

#include "node/address_exchange.hpp"
#include "node/block_submission.hpp"
#include "node/block_sync.hpp"
#include "node/fee_floor.hpp"
#include "node/handlers/handlers.hpp"
#include "node/header_sync.hpp"
#include "node/inbound.hpp"
#include "node/liveness.hpp"
#include "node/outbound.hpp"
#include "node/participant_state.hpp"
#include "node/payment_announcer.hpp"
#include "node/payment_fetch.hpp"
#include "node/payment_intake.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// The neighbour is gone, or must be: others are asked for what it has not sent.
void forget(Turn& turn, Peer& peer) {
    peer.dropped = true;
    pass_header_lead(turn, peer);
    release_bodies(turn, peer);
    release_payments(turn, peer);
    turn.self.relay.forget_slot(peer.slot);
    turn.self.compact_senders.forget(peer.id);
    if (peer.outbound && peer.address) callee_left(turn, peer);
    turn.self.peers.remove(peer.id);
}

void on_timer(Turn& turn, TimerKind kind, Peer& peer) {
    switch (kind) {
        case TimerKind::announce_payments:
            if (peer.announcing) announce_payments(turn, peer);
            return;
        case TimerKind::request_timeout:
            if (peer.timing_requests) check_requests(turn, peer);
            return;
        case TimerKind::ping:
            check_alive(turn, peer);
            return;
        case TimerKind::fee_floor:
            if (peer.telling_floor) tell_fee_floor(turn, peer);
            return;
        case TimerKind::send_addresses:
            send_addresses(turn, peer);
            return;
        case TimerKind::refresh_template:
        case TimerKind::tend_peers:
            return;
    }
}

/// Looks after our calls and our own address, and sees that this is done again.
void tend_peers(Turn& turn) {
    const ParticipantOptions& options = turn.self.options;
    if (options.outbound_slots == 0 && !options.advertised_address) return;
    tend_calls(turn);
    tell_of_ourselves(turn);
    turn.effects.set_timer({.kind = TimerKind::tend_peers, .peer = {}},
                           turn.now + options.dial_interval);
}

ConnectionPurpose purpose_of(Turn& turn, const PeerConnected& event) {
    if (!event.outbound) return ConnectionPurpose::theirs;
    return event.address ? call_answered(turn, *event.address) : ConnectionPurpose::ordered;
}

Peer& add_peer(Turn& turn, const PeerConnected& event) {
    const ConnectionPurpose purpose = purpose_of(turn, event);
    Peer& peer = turn.self.peers.add(event.peer);
    peer.outbound = event.outbound;
    peer.purpose = purpose;
    peer.address = event.address;
    peer.connected_at = peer.useless_credited_at = turn.now;
    return peer;
}

}  // namespace

void on_event(Turn& turn, const Started&) {
    if (turn.self.options.mines) turn.self.miner.switch_to(turn, true);
    tend_peers(turn);
}

void on_event(Turn& turn, const PeerConnected& event) {
    const ParticipantState& self = turn.self;
    Peer& peer = add_peer(turn, event);
    turn.send(peer, Hello{.version = protocol_version,
                          .genesis = self.archive.parameters().genesis_hash,
                          .nonce = self.hello_nonce,
                          .height = self.chain.height()});
    if (!peer.outbound) make_room_for(turn, peer);
    if (peer.dropped) return;
    if (self.options.ping_interval > Duration{})
        turn.wake(TimerKind::ping, peer, self.options.ping_interval);
}

void on_event(Turn& turn, const PeerDisconnected& event) {
    if (Peer* peer = turn.self.peers.find(event.peer)) forget(turn, *peer);
}

// What a neighbour sent before it heard that it was dropped comes to nothing.
void on_event(Turn& turn, const MessageArrived& event) {
    if (Peer* peer = turn.self.peers.find(event.peer)) dispatch(turn, *peer, event.message);
}

void on_event(Turn& turn, const TimerFired& event) {
    if (event.timer.kind == TimerKind::refresh_template) return turn.self.miner.refresh(turn);
    if (event.timer.kind == TimerKind::tend_peers) return tend_peers(turn);
    if (Peer* peer = turn.self.peers.find(event.timer.peer))
        on_timer(turn, event.timer.kind, *peer);
}

void on_event(Turn& turn, const MiningSwitched& event) {
    turn.self.miner.switch_to(turn, event.on);
}

void on_event(Turn& turn, const NonceFound& event) {
    turn.self.miner.nonce_found(turn, event.job, event.nonce);
}

void on_event(Turn& turn, const BlockGranted&) { turn.self.miner.block_granted(turn); }

void on_event(Turn& turn, const PaymentOrdered& event) { pay(turn, event.order); }

void on_event(Turn& turn, const PaymentSubmitted& event) { submit(turn, event.payment); }

void on_event(Turn& turn, const DialFailed& event) { call_failed(turn, event.address); }

// Each speaks for itself: nobody fills the book by what a user or a name service says.
void on_event(Turn& turn, const AddressesGiven& event) {
    ParticipantState& self = turn.self;
    for (const NetworkAddress& address : event.addresses) {
        const HeardAddress heard{.address = address, .heard_at = seconds_of(turn.now)};
        self.addresses.add(heard, address, Duration{}, turn.now, self.address_random);
    }
    tend_calls(turn);
}

void on_event(Turn& turn, const BlockSubmitted& event) { submit_block(turn, *event.block); }

void forget_dropped(Turn& turn) {
    while (turn.self.peers_dropped) {
        turn.self.peers_dropped = false;
        while (Peer* peer = turn.self.peers.first_dropped()) forget(turn, *peer);
    }
}

}  // namespace bezant
