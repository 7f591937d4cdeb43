// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "node/peer.hpp"

namespace bezant {

class Turn;

// Whether neighbours are there, and whether they keep what they promise.
//
// Messages of a connection arrive in order, and each is answered before the next is looked at. So
// time alone condemns nobody: when an answer is overdue, others are asked, and a ping is sent after
// the question. A pong without the answer is then proof that it was withheld; a neighbour that is
// merely far away, slow or cut off gives its answer first.

/// A question was just sent: sees that it is looked after when it takes too long.
void watch_requests(Turn& turn, Peer& peer);

/// The request timer went off.
void check_requests(Turn& turn, Peer& peer);

/// The ping timer went off: pings the neighbour if nothing was heard, and lets it go when nothing
/// was heard for too long.
void check_alive(Turn& turn, Peer& peer);

/// A caller has greeted: if callers may have to make room for each other, its ping time matters.
void ping_caller(Turn& turn, Peer& peer);

/// The answer to the ping that is under way came.
void pong_arrived(Turn& turn, Peer& peer);

}  // namespace bezant
