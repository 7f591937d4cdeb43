// SPDX-License-Identifier: Apache-2.0
#include "node/payment_fetch.hpp"

#include <algorithm>
#include <vector>

#include "base/check.hpp"
#include "node/conduct.hpp"
#include "node/limits.hpp"
#include "node/liveness.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// Whether fetching the payment may be of use. A payment in the chain has made its coins there.
bool is_news(const ParticipantState& self, TransactionIndex payment) {
    if (self.refused.contains(payment) || self.orphans.contains(payment)) return false;
    const TransactionFact& fact = self.archive.transactions()[payment];
    return fact.creates.empty() ||
           self.chain.coin(fact.creates.front()).state == CoinState::unknown;
}

/// For another payment that the neighbour is to send. Who has brought many may be behind by as
/// many: at thousands a second, that is a moment.
bool has_room(const Peer& peer) {
    const std::uint64_t most = waiting_payments_of_stranger_max + peer.payments_brought;
    return peer.payments_waiting.size() <
           std::min<std::uint64_t>(most, waiting_payments_per_peer_max);
}

/// Finds the next neighbour that is to send the payment; it is asked when there is room.
void hand_on(Turn& turn, PeerId failed, TransactionIndex payment) {
    ParticipantState& self = turn.self;
    auto next = self.payment_requests.reassign(payment, failed);
    while (next) {
        Peer* peer = self.peers.find(*next);
        if (peer != nullptr && !peer->dropped && has_room(*peer)) {
            peer->payments_waiting.push_back(payment);
            return;
        }
        next = self.payment_requests.reassign(payment, *next);
    }
}

void ask_all_waiting(Turn& turn) {
    for (Peer& peer : turn.self.peers.greeted()) ask_waiting_payments(turn, peer);
}

}  // namespace

void payments_announced(Turn& turn, Peer& peer, std::span<const TransactionIndex> payments) {
    ParticipantState& self = turn.self;
    const std::size_t waiting = peer.payments_waiting.size();
    for (const TransactionIndex payment : payments) {
        if (self.relay.mark_known(payment, peer.slot) || !is_news(self, payment)) continue;
        if (!has_room(peer)) break;
        if (self.payment_requests.announced(payment, peer.id))
            peer.payments_waiting.push_back(payment);
    }
    if (peer.payments_waiting.size() == waiting) of_no_use(turn, peer);
    ask_waiting_payments(turn, peer);
}

void ask_waiting_payments(Turn& turn, Peer& peer) {
    const ParticipantState& self = turn.self;
    if (peer.payments_waiting.empty() || peer.stalled()) return;
    const std::size_t open_max =
        std::min(self.options.payments_in_flight_per_peer_max, inventory_per_message_max);
    std::vector<TransactionIndex> wanted;
    wanted.reserve(std::min(open_max, peer.payments_waiting.size()));
    auto next = peer.payments_waiting.begin();
    for (; next != peer.payments_waiting.end() && peer.payments_asked.size() < open_max; ++next) {
        if (!self.payment_requests.is_assigned(*next, peer.id)) continue;
        peer.payments_asked.add(*next, turn.now);
        wanted.push_back(*next);
    }
    peer.payments_waiting.erase(peer.payments_waiting.begin(), next);
    if (wanted.empty()) return;
    turn.send(peer, GetData{.payments = std::move(wanted), .blocks = {}});
    watch_requests(turn, peer);
}

void payments_not_sent(Turn& turn, Peer& peer, std::span<const TransactionIndex> payments) {
    for (const TransactionIndex payment : payments) hand_on(turn, peer.id, payment);
    ask_all_waiting(turn);
}

void give_up_payments(Turn& turn, Peer& peer) {
    for (const TransactionIndex payment : peer.payments_asked.give_up())
        hand_on(turn, peer.id, payment);
    std::erase_if(peer.payments_waiting, [&](TransactionIndex payment) {
        if (!turn.self.payment_requests.has_others(payment)) return false;
        hand_on(turn, peer.id, payment);
        return true;
    });
    ask_all_waiting(turn);
}

void release_payments(Turn& turn, Peer& peer) {
    CHECK(peer.dropped, "nothing is handed on to a neighbour that goes");
    for (const TransactionIndex payment : peer.payments_asked.asked())
        hand_on(turn, peer.id, payment);
    for (const TransactionIndex payment : peer.payments_waiting) hand_on(turn, peer.id, payment);
    ask_all_waiting(turn);
}

}  // namespace bezant
