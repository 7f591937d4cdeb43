// SPDX-License-Identifier: Apache-2.0
#include "node/payment_announcer.hpp"

#include "node/fee_floor.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

void schedule_announcements(Turn& turn) {
    ParticipantState& self = turn.self;
    const Duration mean = self.options.announce_interval;
    for (Peer& peer : self.peers.greeted()) {
        if (peer.announcing || !self.relay.has_more(peer.announced_up_to)) continue;
        if (mean <= Duration{}) {
            announce_payments(turn, peer);
            continue;
        }
        peer.announcing = true;
        turn.wake(TimerKind::announce_payments, peer, self.random.exponential(mean));
    }
}

void announce_payments(Turn& turn, Peer& peer) {
    PaymentRelay& relay = turn.self.relay;
    const auto is_wanted = [&](TransactionIndex payment) {
        return is_above_floor(turn.self, peer, payment);
    };
    peer.announcing = false;
    while (relay.has_more(peer.announced_up_to)) {
        std::vector<TransactionIndex> payments = relay.take_unknown(
            peer.slot, peer.announced_up_to, inventory_per_message_max, is_wanted);
        if (payments.empty()) continue;
        peer.payments_announced += payments.size();
        turn.send(peer, Inventory{.payments = std::move(payments)});
    }
}

}  // namespace bezant
