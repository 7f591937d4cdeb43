// SPDX-License-Identifier: Apache-2.0
#include "node/block_sync.hpp"
#include "node/compact_intake.hpp"
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

void on_message(Turn& turn, Peer& peer, const MissingTransactions& answer) {
    if (!peer.blocks_asked.close(answer.block, turn.now))
        return misbehave(turn, peer, Misconduct::unrequested_data);
    turn.self.block_requests.release(answer.block, peer.id);
    complete(turn, peer, answer);
    if (!peer.dropped) ask_for_rivals(turn, peer);
    ask_for_bodies(turn);
}

}  // namespace bezant
