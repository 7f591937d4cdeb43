// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "node/message.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;

// What a participant does with each kind of message, one file each. The neighbour is connected and
// not dropped; except for a hello, it has greeted.

void on_message(Turn& turn, Peer& peer, const Hello& hello);
void on_message(Turn& turn, Peer& peer, const Ping& ping);
void on_message(Turn& turn, Peer& peer, const Pong& pong);
void on_message(Turn& turn, Peer& peer, const Inventory& inventory);
void on_message(Turn& turn, Peer& peer, const GetData& request);
void on_message(Turn& turn, Peer& peer, const NotFound& answer);
void on_message(Turn& turn, Peer& peer, const PaymentMessage& message);
void on_message(Turn& turn, Peer& peer, const GetHeaders& request);
void on_message(Turn& turn, Peer& peer, const Headers& message);
void on_message(Turn& turn, Peer& peer, const BlockMessage& message);
void on_message(Turn& turn, Peer& peer, const NewHeaders& message);
void on_message(Turn& turn, Peer& peer, const Malformed& message);
void on_message(Turn& turn, Peer& peer, const CompactBlock& message);
void on_message(Turn& turn, Peer& peer, const GetMissingTransactions& request);
void on_message(Turn& turn, Peer& peer, const MissingTransactions& answer);
void on_message(Turn& turn, Peer& peer, const FeeFloor& message);
void on_message(Turn& turn, Peer& peer, const SendCompact& message);
void on_message(Turn& turn, Peer& peer, const GetCompactBlock& request);
void on_message(Turn& turn, Peer& peer, const GetAddresses& request);
void on_message(Turn& turn, Peer& peer, const Addresses& message);
void on_message(Turn& turn, Peer& peer, const NewBlock& message);
void on_message(Turn& turn, Peer& peer, const NewPayment& message);
void on_message(Turn& turn, Peer& peer, const NewCompactBlock& message);

/// Hands a message to the handler of its kind.
void dispatch(Turn& turn, Peer& peer, const Message& message);

}  // namespace bezant
