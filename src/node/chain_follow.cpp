// SPDX-License-Identifier: Apache-2.0
#include "node/chain_follow.hpp"

#include <ranges>

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

void watch_stored_block(ParticipantState& self, BlockIndex block) {
    self.archive.load(block);
    for (const TransactionIndex index : self.archive.body(block))
        self.wallet.watch(self.archive.transactions()[index], self.pool);
}

void bring_wallet_after(ParticipantState& self, const TipChange& change) {
    const Archive& archive = self.archive;
    for (const BlockIndex block : change.disconnected) {
        for (const TransactionIndex index : std::views::reverse(archive.body(block)))
            self.wallet.unconfirm(archive.transactions()[index], self.chain, archive.coins(),
                                  self.pool);
    }
    for (const BlockIndex block : change.connected) {
        for (const TransactionIndex index : archive.body(block))
            self.wallet.confirm(archive.transactions()[index], archive.coins(), self.pool);
    }
}

void follow_tip(Turn& turn, const TipChange& change) {
    ParticipantState& self = turn.self;
    store_connected(turn, change);
    const PoolChange pool = self.pool.follow(change);
    bring_wallet_after(self, change);
    for (const BlockIndex block : change.connected) forget_confirmed(self, block);
    turn.effects.notice(TipMoved{.change = change, .pool = pool});
    follow_pool(turn, pool);
    announce_tip(turn);
    self.miner.tip_moved(turn);
}

}  // namespace bezant
