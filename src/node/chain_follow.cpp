// SPDX-License-Identifier: Apache-2.0
#include "node/chain_follow.hpp"

#include "node/block_announcer.hpp"
#include "node/participant_state.hpp"
#include "node/payment_intake.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

void store_connected(Turn& turn, const TipChange& change) {
    for (const BlockIndex block : change.connected) {
        if (turn.self.stored.insert(block.value)) turn.effects.store(block);
    }
}

/// Payments that came with a block are not wanted from anyone any longer.
void forget_confirmed(ParticipantState& self, BlockIndex block) {
    for (const TransactionIndex payment : self.archive.body(block))
        self.payment_requests.forget(payment);
    self.block_requests.take_sender(block);
}

}  // namespace

void watch_block(ParticipantState& self, BlockIndex block) {
    self.archive.load(block);
    for (const TransactionIndex index : self.archive.body(block))
        self.wallet.watch(self.archive.transactions()[index]);
}

void follow_tip(Turn& turn, const TipChange& change) {
    ParticipantState& self = turn.self;
    store_connected(turn, change);
    const PoolChange pool = self.pool.follow(change);
    for (const BlockIndex block : change.connected) {
        watch_block(self, block);
        forget_confirmed(self, block);
    }
    turn.effects.notice(TipMoved{.change = change, .pool = pool});
    follow_pool(turn, pool);
    announce_tip(turn);
    self.miner.tip_moved(turn);
}

}  // namespace bezant
