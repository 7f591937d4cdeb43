// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/fact_index.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;

// Learning the neighbours' headers. Each neighbour is asked once what it has beyond our best
// header; after that it announces what is new. While we are far behind, one neighbour alone is
// asked, batch by batch, so that a newcomer does not fetch the same headers from everybody.

/// The neighbour's hello came, or it may be its turn now.
void consider_asking_headers(Turn& turn, Peer& peer);

/// Asks for what comes after this block and its ancestors, unless a question is open already.
void ask_headers(Turn& turn, Peer& peer, BlockIndex known);

/// Asks for what comes after a block that the neighbour told of and that was not kept, which
/// follows this one; the last question was answered.
void ask_headers_beyond(Turn& turn, Peer& peer, const BlockHash& end, BlockIndex start);
/// Asks once more for what comes after this block; the last question was answered.
void ask_headers_again(Turn& turn, Peer& peer, BlockIndex start);

/// A message with headers that connect came and was taken in; `last` is the last of them. If it was
/// as long as a message may be, there are more to ask for.
void headers_arrived(Turn& turn, Peer& peer, std::size_t count, BlockIndex last);

/// Headers came (or one with a block) whose parent is not here: asks for what lies between.
void headers_led_nowhere(Turn& turn, Peer& peer);

/// A header was refused for being ahead of our clock: it is asked for again when its time has come.
void header_is_early(Turn& turn, Peer& peer, BlockIndex block);
void retry_future_header(Turn& turn, Peer& peer);

/// The question takes too long: others are asked.
void give_up_headers(Turn& turn, Peer& peer);

/// The neighbour is gone, or no longer the one that leads: others take over.
void pass_header_lead(Turn& turn, const Peer& peer);

}  // namespace bezant
