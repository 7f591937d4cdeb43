// SPDX-License-Identifier: Apache-2.0
#include "ledger/codec.hpp"
#include "node/block_intake.hpp"
#include "node/block_sync.hpp"
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/header_intake.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// Whether a block that nobody asked for may be looked at. Its header is kept; it must have as much
/// work as the tip, so that old or easy blocks cannot be used to keep us busy, and need not wait
/// for others, so that nobody can take the room of what was asked for.
bool is_welcome(Turn& turn, Peer& peer, BlockIndex block) {
    const ParticipantState& self = turn.self;
    const BlockTree& blocks = self.archive.blocks();
    if (!self.chain.has_body(block) && blocks[block].work >= blocks[self.chain.tip()].work &&
        connects(self, block))
        return true;
    misbehave(turn, peer, Misconduct::unrequested_data);
    return false;
}

/// Whether the block, whose header is kept, is to be looked at: it was asked for, or may be all the
/// same; and it is not here.
bool is_wanted(Turn& turn, Peer& peer, BlockIndex block) {
    ParticipantState& self = turn.self;
    const bool asked = peer.blocks_asked.close(block, turn.now);
    self.block_requests.release(block, peer.id);
    if (!asked && !is_welcome(turn, peer, block)) return false;
    if (!self.chain.has_body(block)) return true;
    ask_for_bodies(turn);
    return false;
}

std::size_t body_bytes(const Block& block) {
    std::size_t bytes = 0;
    for (const Transaction& transaction : block.transactions) bytes += encoded_size(transaction);
    return bytes;
}

/// Whether a body of this size may be kept. One that must wait and has no room will be asked for
/// again.
bool fits(Turn& turn, BlockIndex block, std::size_t bytes) {
    if (connects(turn.self, block) || has_room_for(turn.self, bytes)) return true;
    ask_for_bodies(turn);
    return false;
}

void take(Turn& turn, Peer& peer, BlockIndex block) {
    take_body(turn, peer, block);
    ask_for_rivals(turn, peer);
}

/// The block's header, if it is kept here, now or before.
std::optional<BlockIndex> kept_header(Turn& turn, Peer& peer, const BlockHeader& header) {
    const auto known = turn.self.archive.blocks().find(block_hash(header));
    if (known && turn.self.chain.has_header(*known)) return known;
    return keep_header(turn, peer, header);
}

/// A block is asked for when its header is kept: nobody was asked for one that is too weak for
/// that, or leads nowhere.
void let_pass(Turn& turn, Peer& peer) {
    if (!peer.dropped) misbehave(turn, peer, Misconduct::unrequested_data);
}

}  // namespace

void on_message(Turn& turn, Peer& peer, const BlockMessage& message) {
    const BlockIndex block = message.block;
    if (!turn.self.chain.has_header(block) && !keep_header(turn, peer, block))
        return let_pass(turn, peer);
    if (!is_wanted(turn, peer, block)) return;
    if (fits(turn, block, turn.self.archive.body_bytes(block))) take(turn, peer, block);
}

void on_message(Turn& turn, Peer& peer, const NewBlock& message) {
    const auto block = kept_header(turn, peer, message.block->header);
    if (!block) return let_pass(turn, peer);
    if (!is_wanted(turn, peer, *block)) return;
    if (!fits(turn, *block, body_bytes(*message.block))) return;
    if (!turn.self.archive.add_block(*message.block, message.found.get()))
        return misbehave(turn, peer, Misconduct::malformed_message);
    take(turn, peer, *block);
}

}  // namespace bezant
