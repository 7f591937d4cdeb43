// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "node/effects.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;

/// What one case of misconduct adds to a neighbour's score. At conduct_score_max it is dropped:
/// at once for what can only be made on purpose, later for what costs us little.
[[nodiscard]] std::uint32_t conduct_score(Misconduct misconduct);

/// The neighbour did what no honest one does. Afterwards `peer.dropped` says whether it was too
/// much.
void misbehave(Turn& turn, Peer& peer, Misconduct misconduct);

/// The neighbour sent something that is of no use to us, or asked for what is of none to it. Honest
/// ones do that too, so each has credit for it; beyond that it is flooding.
void of_no_use(Turn& turn, Peer& peer, std::uint64_t times = 1);

/// Ends the connection for misconduct: if we called the neighbour, that address is not called
/// again, unless the network between may be to blame. The neighbour is still there until the end of
/// the turn; what is sent to it is lost.
void drop(Turn& turn, Peer& peer, Misconduct why);

/// The same without blame, and nobody is told.
void part(Turn& turn, Peer& peer, Misconduct why);

}  // namespace bezant
