// SPDX-License-Identifier: Apache-2.0
#include "node/block_sync.hpp"
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/participant_state.hpp"
#include "node/payment_fetch.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// Closes the requests that this answers; whether all of them had been made.
bool close_requests(Turn& turn, Peer& peer, const NotFound& answer) {
    bool all_asked = true;
    for (const TransactionIndex payment : answer.payments)
        all_asked &= peer.payments_asked.close(payment, turn.now);
    for (const BlockIndex block : answer.blocks) {
        all_asked &= peer.blocks_asked.close(block, turn.now);
        turn.self.block_requests.release(block, peer.id);
    }
    return all_asked;
}

}  // namespace

// A payment may be gone since it was announced: confirmed, or pushed out. A block never is: who
// tells of one has it.
void on_message(Turn& turn, Peer& peer, const NotFound& answer) {
    if (answer.payments.size() + answer.blocks.size() > inventory_per_message_max)
        return misbehave(turn, peer, Misconduct::too_large_message);
    if (answer.payments.empty() && answer.blocks.empty()) of_no_use(turn, peer);
    if (!close_requests(turn, peer, answer)) misbehave(turn, peer, Misconduct::unexpected_message);
    if (!answer.blocks.empty()) misbehave(turn, peer, Misconduct::withheld_data);
    payments_not_sent(turn, peer, answer.payments);
    ask_for_bodies(turn);
}

}  // namespace bezant
