// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "chain/fact_index.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;

// Fetching payments that neighbours announced, from one of them at a time (PaymentRequests).

/// The neighbour says that it has these.
void payments_announced(Turn& turn, Peer& peer, std::span<const TransactionIndex> payments);

/// Asks the neighbour for what it is to send, as far as there is room.
void ask_waiting_payments(Turn& turn, Peer& peer);

/// The neighbour does not have what it was asked for: the next ones that announced it are asked.
void payments_not_sent(Turn& turn, Peer& peer, std::span<const TransactionIndex> payments);

/// The neighbour's answers take too long: others are asked.
void give_up_payments(Turn& turn, Peer& peer);

/// The neighbour is gone: others are asked.
void release_payments(Turn& turn, Peer& peer);

}  // namespace bezant
