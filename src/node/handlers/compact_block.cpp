// SPDX-License-Identifier: Apache-2.0
#include "node/block_intake.hpp"
#include "node/block_sync.hpp"
#include "node/compact_intake.hpp"
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/header_intake.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// Whether a compact block that nobody asked for now may be looked at. Who was asked to send them
/// may not have heard yet that he is not to any longer, and cannot know which ones we have; but he
/// sends each block about once.
bool may_be_unasked(Turn& turn, Peer& peer) {
    if (!peer.may_send_unasked) {
        misbehave(turn, peer, Misconduct::unrequested_data);
        return false;
    }
    const BlockTree& blocks = turn.self.archive.blocks();
    const Height best = blocks[turn.self.chain.best_header()].height;
    if (++peer.unasked_blocks <= service_slack + service_factor * (std::uint64_t{best.value} + 1))
        return true;
    misbehave(turn, peer, Misconduct::flooding);
    return false;
}

/// Takes in the header, as if it had been announced.
bool take_its_header(Turn& turn, Peer& peer, BlockIndex block) {
    if (!keep_header(turn, peer, block)) return false;
    peer.theirs.add(block, turn.self.archive.blocks());
    return true;
}

/// Whether there is a point in the block: it is not here, and was asked for or may become the tip.
bool is_of_use(const ParticipantState& self, const Peer& peer, BlockIndex block, bool asked) {
    const BlockTree& blocks = self.archive.blocks();
    const bool is_weak = blocks[block].work < blocks[self.chain.tip()].work;
    return !self.chain.has_body(block) && (asked || !is_weak) &&
           can_be_put_together(self, peer, block);
}

void go_on_asking(Turn& turn, Peer& peer) {
    if (peer.dropped) return;
    ask_for_rivals(turn, peer);
    ask_for_bodies(turn);
}

}  // namespace

// It tells of a new block, whether it was asked for or not. What is not put together now is
// fetched like any other block that a neighbour told of.
void on_message(Turn& turn, Peer& peer, const CompactBlock& message) {
    ParticipantState& self = turn.self;
    if (!is_well_formed(message)) return misbehave(turn, peer, Misconduct::malformed_message);
    const bool asked = peer.blocks_asked.close(message.block, turn.now);
    self.block_requests.release(message.block, peer.id);
    if (!asked && !may_be_unasked(turn, peer)) return;
    if (take_its_header(turn, peer, message.block) && is_of_use(self, peer, message.block, asked))
        put_together(turn, peer, message);
    go_on_asking(turn, peer);
}

// Nobody can have been asked for it. Its form was looked at when it was read.
void on_message(Turn& turn, Peer& peer, const NewCompactBlock& message) {
    if (!may_be_unasked(turn, peer)) return;
    if (const auto block = keep_header(turn, peer, *message.header)) {
        CompactBlock compact = message.outline;
        compact.block = *block;
        peer.theirs.add(*block, turn.self.archive.blocks());
        if (is_of_use(turn.self, peer, *block, false)) put_together(turn, peer, compact);
    }
    go_on_asking(turn, peer);
}

}  // namespace bezant
