// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "chain/fact_index.hpp"
#include "node/peer.hpp"
#include "rules/reason.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

// How headers and bodies get into the participant's chain, and what follows from that.

/// Takes in a header that the neighbour sent; its parent's header must be known here. False if it
/// is refused: then the neighbour has been scored, or the header is merely early.
bool take_header(Turn& turn, Peer& from, BlockIndex block);

/// Takes in a body that the neighbour sent; its header must be known here, and the body not.
void take_body(Turn& turn, Peer& from, BlockIndex block);

/// Takes in a block that this participant found itself or was handed by its user, whose body is in
/// the archive and not known here. Gives the rule that it breaks, if it breaks one.
[[nodiscard]] std::optional<Rejection> take_own_block(Turn& turn, BlockIndex block);

/// Tells the user that a block was refused.
void tell_refused(Turn& turn, std::optional<PeerId> from, BlockIndex block,
                  const Rejection& rejection);

/// Takes in blocks kept from an earlier life, parents first. Those that are not valid are left out.
void take_stored_block(ParticipantState& self, BlockIndex block);

}  // namespace bezant
