// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/fact_index.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

// How headers and bodies get into the participant's chain, and what follows from that.

/// Takes in a header that the neighbour sent; its parent's header must be known here. False if it
/// is refused: then the neighbour has been scored, or the header is merely early.
bool take_header(Turn& turn, Peer& from, BlockIndex block);

/// Takes in a body that the neighbour sent; its header must be known here, and the body not.
void take_body(Turn& turn, Peer& from, BlockIndex block);

/// Takes in a block that this participant found itself.
void take_own_block(Turn& turn, BlockIndex block);

/// Takes in blocks kept from an earlier life, parents first. Those that are not valid are left out.
void take_stored_block(ParticipantState& self, BlockIndex block);

}  // namespace bezant
