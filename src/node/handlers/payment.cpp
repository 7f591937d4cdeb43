// SPDX-License-Identifier: Apache-2.0
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/participant_state.hpp"
#include "node/payment_fetch.hpp"
#include "node/payment_intake.hpp"
#include "node/turn.hpp"

namespace bezant {

// A payment is taken only from whom it was asked for, however long ago: otherwise anybody could
// make us check signatures.
void on_message(Turn& turn, Peer& peer, const PaymentMessage& message) {
    if (!peer.payments_asked.close(message.payment, turn.now))
        return misbehave(turn, peer, Misconduct::unrequested_data);
    take_payment(turn, message.payment, &peer);
    ask_waiting_payments(turn, peer);
}

// What was asked for has a name here; what was not leaves no trace.
void on_message(Turn& turn, Peer& peer, const NewPayment& message) {
    Archive& archive = turn.self.archive;
    const auto named = archive.transactions().find(message.full_id);
    if (!named || !peer.payments_asked.contains(*named))
        return misbehave(turn, peer, Misconduct::unrequested_data);
    const TransactionIndex payment = archive.add_transaction(*message.payment, message.full_id);
    on_message(turn, peer, PaymentMessage{.payment = payment});
}

}  // namespace bezant
