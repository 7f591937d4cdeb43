// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mempool/mempool.hpp"
#include "node/event.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;

// How payments get into the participant's pool, and what follows from that.

/// A payment that a neighbour sent, or that the user made. Nothing if it is in the pool now, or why
/// it is not.
std::optional<Refusal> take_payment(Turn& turn, TransactionIndex payment, Peer* from);

/// A payment that the user hands in. He is told if it is refused, and if it must wait.
void submit(Turn& turn, TransactionIndex payment);

/// The pool went after the chain: what left it is not relayed any longer, what came back is told
/// again, what lost its coins to another payment is reported, and the orphans that it adopted
/// are told too.
void follow_pool(Turn& turn, const PoolChange& change);

/// Makes, signs and hands in the payment that the user orders.
void pay(Turn& turn, const PayOrder& order);

}  // namespace bezant
