// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/fact_index.hpp"
#include "node/message.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

// Fetching the bodies of blocks whose headers are known, each from one neighbour that told of it,
// from several neighbours at once, in a window above the last block that is connected. A new block
// alone is asked for in compact form of those who offer that.

/// Whether the block's parent is connected, so that its body need not wait for ancestors.
[[nodiscard]] bool connects(const ParticipantState& self, BlockIndex block);

/// Whether there is room for a body of so many bytes that must wait for its ancestors.
[[nodiscard]] bool has_room_for(const ParticipantState& self, std::size_t bytes);

/// Asks neighbours that have room for the bodies that are missing and that nobody is asked for.
void ask_for_bodies(Turn& turn);

/// Asks this neighbour for the branches it told of that have as much work as the tip, and are not
/// on the way to the best header: one may become the best, and if it does not, people want to know
/// that it was there.
void ask_for_rivals(Turn& turn, Peer& peer);

/// Asks the neighbour for a block that came to nothing in compact form, and that nobody is asked
/// for.
void ask_for_whole_body(Turn& turn, Peer& peer, BlockIndex block);

/// Asks the neighbour for what is lacking of a compact block, in the place of its body.
void ask_for_missing(Turn& turn, Peer& peer, GetMissingTransactions request);

/// The neighbour's answers take too long: others are asked.
void give_up_bodies(Turn& turn, Peer& peer);

/// The neighbour is gone: others are asked.
void release_bodies(Turn& turn, const Peer& peer);

}  // namespace bezant
