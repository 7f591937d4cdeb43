// SPDX-License-Identifier: Apache-2.0
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/liveness.hpp"
#include "node/turn.hpp"

namespace bezant {

void on_message(Turn& turn, Peer& peer, const Ping& ping) {
    of_no_use(turn, peer);
    turn.send(peer, Pong{.nonce = ping.nonce});
}

void on_message(Turn& turn, Peer& peer, const Pong& pong) {
    if (peer.ping != pong.nonce) return misbehave(turn, peer, Misconduct::unexpected_message);
    pong_arrived(turn, peer);
}

}  // namespace bezant
