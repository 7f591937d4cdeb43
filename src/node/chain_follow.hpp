// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/local_chain.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

/// The best chain moved: brings disk, pool, wallet, neighbours, miner and user after it, in this
/// order.
void follow_tip(Turn& turn, const TipChange& change);

/// Shows the wallet the outputs of a block of an earlier life, whatever became of them
/// (Wallet::keep_unspent).
void watch_stored_block(ParticipantState& self, BlockIndex block);

/// Shows the wallet what the best chain gained and lost.
void bring_wallet_after(ParticipantState& self, const TipChange& change);

}  // namespace bezant
