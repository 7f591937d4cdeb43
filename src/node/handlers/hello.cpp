// SPDX-License-Identifier: Apache-2.0
#include "node/address_exchange.hpp"
#include "node/compact_senders.hpp"
#include "node/conduct.hpp"
#include "node/fee_floor.hpp"
#include "node/handlers/handlers.hpp"
#include "node/header_sync.hpp"
#include "node/liveness.hpp"
#include "node/outbound.hpp"
#include "node/participant_state.hpp"
#include "node/payment_announcer.hpp"
#include "node/turn.hpp"

namespace bezant {

// The neighbour is asked for its headers, and told of all payments that wait here. What it says of
// its height only helps to choose whom to ask first.
void on_message(Turn& turn, Peer& peer, const Hello& hello) {
    const ParticipantState& self = turn.self;
    if (peer.greeted) return misbehave(turn, peer, Misconduct::unexpected_message);
    if (hello.genesis != self.archive.parameters().genesis_hash)
        return drop(turn, peer, Misconduct::wrong_network);
    if (hello.nonce == self.hello_nonce) return drop(turn, peer, Misconduct::self);
    peer.greeted = true;
    peer.height = hello.height;
    if (peer.outbound && peer.address) callee_greeted(turn, peer);
    if (peer.dropped) return;
    ping_caller(turn, peer);
    begin_exchange(turn, peer);
    offer_compact_blocks(turn, peer);
    consider_asking_headers(turn, peer);
    schedule_announcements(turn);
    tell_fee_floor(turn, peer);
}

}  // namespace bezant
