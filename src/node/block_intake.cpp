// SPDX-License-Identifier: Apache-2.0
#include "node/block_intake.hpp"

#include "node/block_sync.hpp"
#include "node/chain_follow.hpp"
#include "node/compact_senders.hpp"
#include "node/conduct.hpp"
#include "node/header_sync.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// What checking a block costs: the signatures of payments that were not checked for the pool.
Verification work_of_block(const ParticipantState& self, BlockIndex block) {
    Verification work{.signatures = 0, .bytes = header_bytes};
    for (const TransactionIndex index : self.archive.body(block)) {
        const TransactionFact& fact = self.archive.transactions()[index];
        work.bytes += fact.bytes;
        if (!self.pool.contains(index))
            work.signatures += static_cast<std::uint32_t>(fact.transaction.inputs.size());
    }
    return work;
}

/// Descendants that had come before the block and were found to break a rule now.
void refuse_waiting(Turn& turn, const TipChange& change) {
    for (const BlockIndex block : change.refused) {
        const auto sender = turn.self.block_requests.take_sender(block);
        tell_refused(turn, sender, block, turn.self.chain.fault(block).value());
        Peer* peer = sender ? turn.self.peers.find(*sender) : nullptr;
        if (peer != nullptr && !peer->dropped) misbehave(turn, *peer, Misconduct::invalid_block);
    }
}

/// What follows from a body that was taken in.
void body_taken(Turn& turn, const TipChange& change) {
    refuse_waiting(turn, change);
    if (change.moved()) follow_tip(turn, change);
    for (const BlockIndex rival : change.left_stale)
        turn.effects.notice(BlockLeftStale{.block = rival});
    ask_for_bodies(turn);
}

}  // namespace

void tell_refused(Turn& turn, std::optional<PeerId> from, BlockIndex block,
                  const Rejection& rejection) {
    turn.effects.notice(BlockRefused{.from = from, .block = block, .rejection = rejection});
}

bool take_header(Turn& turn, Peer& from, BlockIndex block) {
    const auto taken = turn.self.chain.accept_header(block, turn.now);
    if (taken) {
        if (*taken) turn.effects.charge({.signatures = 0, .bytes = header_bytes});
        return true;
    }
    if (taken.error().reason == Reason::time_too_late) {
        header_is_early(turn, from, block);
        return false;
    }
    tell_refused(turn, from.id, block, taken.error());
    misbehave(turn, from, Misconduct::invalid_header);
    return false;
}

void take_body(Turn& turn, Peer& from, BlockIndex block) {
    ParticipantState& self = turn.self;
    // If another neighbour was asked too, its copy will be welcome, and looked at no more.
    self.block_requests.release(block);
    turn.effects.charge(work_of_block(self, block));
    const auto change = self.chain.accept_body(block);
    if (!change) {
        tell_refused(turn, from.id, block, change.error());
        misbehave(turn, from, Misconduct::invalid_block);
        return ask_for_bodies(turn);
    }
    from.theirs.add(block, self.archive.blocks());
    if (self.chain.is_connected(block)) {
        from.block_at = turn.now;
    } else {
        self.block_requests.remember_sender(block, from.id);
    }
    body_taken(turn, *change);
    if (change->moved() && block == self.chain.best_header()) prefer_sender(turn, from);
}

std::optional<Rejection> take_own_block(Turn& turn, BlockIndex block) {
    ParticipantState& self = turn.self;
    if (auto taken = self.chain.accept_header(block, turn.now); !taken)
        return std::move(taken).error();
    self.block_requests.release(block);
    turn.effects.charge(work_of_block(self, block));
    auto change = self.chain.accept_body(block);
    if (!change) return std::move(change).error();
    turn.effects.notice(BlockMined{.block = block});
    body_taken(turn, *change);
    return std::nullopt;
}

// A stored block's time was good once: its own time stands for the moment.
void take_stored_block(ParticipantState& self, BlockIndex block) {
    const Time then = from_unix_seconds(self.archive.blocks()[block].header.time);
    self.stored.insert(block.value);
    if (!self.chain.accept_header(block, then)) return;
    if (self.chain.accept_body(block)) watch_stored_block(self, block);
}

}  // namespace bezant
