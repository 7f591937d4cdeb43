// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "node/event.hpp"

namespace bezant {

class Turn;

// What a participant does with each kind of event.

void on_event(Turn& turn, const Started& event);
void on_event(Turn& turn, const PeerConnected& event);
void on_event(Turn& turn, const PeerDisconnected& event);
void on_event(Turn& turn, const MessageArrived& event);
void on_event(Turn& turn, const TimerFired& event);
void on_event(Turn& turn, const MiningSwitched& event);
void on_event(Turn& turn, const NonceFound& event);
void on_event(Turn& turn, const BlockGranted& event);
void on_event(Turn& turn, const PaymentOrdered& event);
void on_event(Turn& turn, const PaymentSubmitted& event);
void on_event(Turn& turn, const DialFailed& event);
void on_event(Turn& turn, const AddressesGiven& event);
void on_event(Turn& turn, const BlockSubmitted& event);

/// Ends the turn: neighbours that were dropped are forgotten, and others take over what they owe.
void forget_dropped(Turn& turn);

}  // namespace bezant
