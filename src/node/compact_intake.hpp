// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/fact_index.hpp"
#include "node/message.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

// Blocks put together from their compact form and from what is held here. What is lacking is asked
// for from who sent the compact block; if nothing comes of it, the block is fetched whole, like any
// other, from him or another. Nothing is asked of two neighbours at a time.

/// Whether the block, which is not here, can be put together if the neighbour sends it compact: its
/// parent is valid here, and nothing is lacking from him for another.
[[nodiscard]] bool can_be_put_together(const ParticipantState& self, const Peer& peer,
                                       BlockIndex block);

/// Whether to ask for it so: it can be put together, and most of its payments may be held here, as
/// no more than one header is known above it.
[[nodiscard]] bool suits_compact_form(const ParticipantState& self, const Peer& peer,
                                      BlockIndex block);

/// A compact block came whose header is known here, and whose body is not.
void put_together(Turn& turn, Peer& peer, const CompactBlock& message);

/// What was lacking came; it belongs to what the neighbour was asked for.
void complete(Turn& turn, Peer& peer, const MissingTransactions& answer);

}  // namespace bezant
