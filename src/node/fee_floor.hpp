// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "node/peer.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

// Telling neighbours what fees the pool asks for, so that they do not tell us of payments that it
// would refuse (BIP 133). Said rarely, at random moments, and in steps of an eighth: so messages
// are few, a floor that wavers is not said again, and nobody can tell from it what came in when.

/// The neighbour greeted, or its timer went off: tells it the floor, unless it was told the same.
void tell_fee_floor(Turn& turn, Peer& peer);

/// The pool changed: if its floor did, neighbours will be told, and sooner if it moved much.
void consider_fee_floor(Turn& turn);

/// Whether the neighbour wants to be told of this payment, which is in the pool.
[[nodiscard]] bool is_above_floor(const ParticipantState& self, const Peer& peer,
                                  TransactionIndex payment);

}  // namespace bezant
