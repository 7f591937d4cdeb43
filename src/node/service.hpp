// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "chain/fact_index.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

// What a neighbour may ask for.

/// How many blocks, or headers, may be asked for in the time of one connection: an honest neighbour
/// asks for each about once.
[[nodiscard]] std::uint64_t served_max(const ParticipantState& self);

/// Counts that the neighbour asks for a block of which we told it; false if it cannot have been
/// told of this one, or asks for more than an honest one ever does: then it has been scored.
[[nodiscard]] bool may_be_served_block(Turn& turn, Peer& peer, BlockIndex block);

/// Whether there are more than so many blocks between this height and that of the tip.
[[nodiscard]] bool is_deeper_than(const ParticipantState& self, BlockIndex block,
                                  std::uint32_t depth);

}  // namespace bezant
