// SPDX-License-Identifier: Apache-2.0
#include "node/compact_intake.hpp"

#include <memory>
#include <utility>

#include "node/block_intake.hpp"
#include "node/block_sync.hpp"
#include "node/conduct.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

void offer(PartialBlock& partial, const Archive& archive, auto&& payments) {
    for (const TransactionIndex payment : payments) {
        partial.offer(payment, partial.short_ids().of(archive.transactions()[payment].full_id));
    }
}

/// Offers the payments of blocks that the new one would replace: most of them are in it too.
void offer_replaced(PartialBlock& partial, const ParticipantState& self) {
    const BlockTree& blocks = self.archive.blocks();
    const BlockIndex fork = blocks.fork_point(self.chain.tip(), partial.block());
    BlockIndex block = self.chain.tip();
    for (std::size_t left = replaced_blocks_max; left > 0 && block != fork; --left) {
        offer(partial, self.archive, self.archive.body(block).subspan(1));
        block = blocks[block].parent;
    }
}

/// Offers every payment whose bytes are held here, also those that were not let into the pool: a
/// miner may have seen a double spend the other way round, or ask for lower fees.
void offer_held(PartialBlock& partial, const ParticipantState& self) {
    offer(partial, self.archive, self.pool.payments());
    offer(partial, self.archive, self.orphans.payments());
    offer(partial, self.archive, self.refused.payments());
    offer_replaced(partial, self);
}

/// A payment of ours may have been taken for another: that is nobody's fault, and the block is
/// fetched whole. Where nothing was guessed, what was sent is not what the header says.
void body_does_not_fit(Turn& turn, Peer& peer, const PartialBlock& partial) {
    if (!partial.has_guesses()) return misbehave(turn, peer, Misconduct::malformed_message);
    if (!turn.self.block_requests.is_asked(partial.block()))
        ask_for_whole_body(turn, peer, partial.block());
}

void take_if_own(Turn& turn, Peer& peer, const PartialBlock& partial) {
    if (!turn.self.archive.add_body(partial.block(), partial.parts()))
        return body_does_not_fit(turn, peer, partial);
    take_body(turn, peer, partial.block());
}

}  // namespace

// What is lacking of a block is lacking no longer when its question is closed, whatever the answer.
bool can_be_put_together(const ParticipantState& self, const Peer& peer, BlockIndex block) {
    const bool is_busy = peer.partial && peer.blocks_asked.contains(peer.partial->block());
    return !is_busy && self.chain.is_connected(self.archive.blocks()[block].parent);
}

bool suits_compact_form(const ParticipantState& self, const Peer& peer, BlockIndex block) {
    const BlockTree& blocks = self.archive.blocks();
    const Height best = blocks[self.chain.best_header()].height;
    return self.options.block_relay == BlockRelay::compact && peer.reads_compact &&
           next(blocks[block].height) >= best && can_be_put_together(self, peer, block);
}

void put_together(Turn& turn, Peer& peer, const CompactBlock& message) {
    const ParticipantState& self = turn.self;
    auto partial =
        std::make_unique<PartialBlock>(self.archive.blocks()[message.block].header, message);
    offer_held(*partial, self);
    std::vector<std::uint32_t> missing = partial->missing();
    if (missing.empty()) return take_if_own(turn, peer, *partial);
    if (self.block_requests.is_asked(message.block)) return;
    peer.partial = std::move(partial);
    ask_for_missing(turn, peer, {.block = message.block, .positions = std::move(missing)});
}

void complete(Turn& turn, Peer& peer, const MissingTransactions& answer) {
    const std::unique_ptr<PartialBlock> partial = std::exchange(peer.partial, nullptr);
    if (!partial || partial->block() != answer.block)
        return misbehave(turn, peer, Misconduct::unexpected_message);
    if (turn.self.chain.has_body(answer.block)) return;
    if (!partial->fill(answer.transactions))
        return misbehave(turn, peer, Misconduct::malformed_message);
    take_if_own(turn, peer, *partial);
}

}  // namespace bezant
