// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "node/peer.hpp"

namespace bezant {

class Turn;

// Telling neighbours which payments we hold: gathered for a while, each neighbour at random moments
// of its own, so that messages are few and nobody can tell from the timing who paid.

/// Payments came into the relay: starts the timers of those neighbours that lack some.
void schedule_announcements(Turn& turn);

/// The neighbour's timer went off: tells it of all that it lacks, and that pays what it asks for.
void announce_payments(Turn& turn, Peer& peer);

}  // namespace bezant
