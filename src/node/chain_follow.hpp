// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/local_chain.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

/// The best chain moved: brings disk, pool, wallet, neighbours, miner and user after it, in this
/// order.
void follow_tip(Turn& turn, const TipChange& change);

/// Shows the block's transactions to the wallet; its body must be here.
void watch_block(ParticipantState& self, BlockIndex block);

}  // namespace bezant
