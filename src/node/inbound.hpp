// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "node/peer.hpp"

namespace bezant {

class Turn;

// Who may stay of those that call. Whoever drives a participant accepts every call, up to one more
// than `inbound_slots`: the participant then decides who goes (node/inbound_eviction.hpp). If all
// others are worth keeping, it is the newcomer.
//
// Who goes before he has asked for addresses is told what he would have been answered. So a
// newcomer who knows nobody but participants that are full learns of others all the same, and
// whoever only wants to see that an address answers (node/outbound.hpp) sees it.

/// Someone has called, is the newest neighbour, and was told who we are. Afterwards `peer.dropped`
/// says whether there was room.
void make_room_for(Turn& turn, Peer& peer);

}  // namespace bezant
