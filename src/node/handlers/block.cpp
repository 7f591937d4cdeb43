// SPDX-License-Identifier: Apache-2.0
#include "node/block_intake.hpp"
#include "node/block_sync.hpp"
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/header_sync.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// Whether a block that nobody asked for may be looked at: its header is taken in first, and it
/// must have as much work as the tip, so that old or easy blocks cannot be used to keep us busy.
bool is_welcome(Turn& turn, Peer& peer, BlockIndex block) {
    const ParticipantState& self = turn.self;
    const BlockTree& blocks = self.archive.blocks();
    if (!self.chain.has_header(block)) {
        if (!self.chain.has_header(blocks[block].parent)) {
            headers_led_nowhere(turn, peer);
            return false;
        }
        if (!take_header(turn, peer, block)) return false;
    }
    if (!self.chain.has_body(block) && blocks[block].work >= blocks[self.chain.tip()].work)
        return true;
    misbehave(turn, peer, Misconduct::unrequested_data);
    return false;
}

}  // namespace

void on_message(Turn& turn, Peer& peer, const BlockMessage& message) {
    ParticipantState& self = turn.self;
    const bool asked = peer.blocks_asked.close(message.block, turn.now);
    self.block_requests.release(message.block, peer.id);
    if (!asked && !is_welcome(turn, peer, message.block)) return;
    if (self.chain.has_body(message.block)) return ask_for_bodies(turn);
    take_body(turn, peer, message.block);
    ask_for_rivals(turn, peer);
}

}  // namespace bezant
