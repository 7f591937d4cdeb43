// SPDX-License-Identifier: Apache-2.0
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/limits.hpp"
#include "node/participant_state.hpp"
#include "node/service.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// Counts what the neighbour asks for; false if it is more than an honest one ever does.
bool is_within_bounds(const ParticipantState& self, Peer& peer, const GetData& request) {
    peer.payments_served += request.payments.size();
    peer.blocks_served += request.blocks.size();
    return peer.payments_served <= peer.payments_announced + service_slack &&
           peer.blocks_served <= served_max(self);
}

}  // namespace

// Only payments that the neighbour was told of are sent: what else waits here is not its business
// yet. A block is sent once it was found valid.
void on_message(Turn& turn, Peer& peer, const GetData& request) {
    const ParticipantState& self = turn.self;
    if (request.payments.size() + request.blocks.size() > inventory_per_message_max)
        return misbehave(turn, peer, Misconduct::too_large_message);
    if (!is_within_bounds(self, peer, request)) return misbehave(turn, peer, Misconduct::flooding);
    NotFound lacking;
    for (const TransactionIndex payment : request.payments) {
        if (self.relay.is_known(payment, peer.slot)) {
            turn.send(peer, PaymentMessage{.payment = payment});
        } else {
            lacking.payments.push_back(payment);
        }
    }
    for (const BlockIndex block : request.blocks) {
        if (self.chain.is_connected(block)) {
            turn.send(peer, BlockMessage{.block = block});
        } else {
            lacking.blocks.push_back(block);
        }
    }
    if (lacking.payments.size() == request.payments.size() &&
        lacking.blocks.size() == request.blocks.size())
        of_no_use(turn, peer);
    if (!lacking.payments.empty() || !lacking.blocks.empty()) turn.send(peer, std::move(lacking));
}

}  // namespace bezant
