// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "node/peer.hpp"

namespace bezant {

class Turn;

// Who may stay of those that call. Whoever drives a participant accepts every call, up to one more
// than `inbound_slots`: the participant then decides who goes (node/inbound_eviction.hpp). If all
// others are worth keeping, it is the newcomer.

/// Someone has called and is the newest neighbour. Afterwards `peer.dropped` says whether there was
/// room.
void make_room_for(Turn& turn, Peer& peer);

}  // namespace bezant
