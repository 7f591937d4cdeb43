// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/block.hpp"

namespace bezant {

class Turn;

/// A user hands in a block: taken like one's own find, or refused. Its parent must be connected
/// here (unknown_parent otherwise): whoever mines builds on a tip that he was given, so nothing
/// need wait for ancestors. One that breaks a rule of headers leaves no trace.
void submit_block(Turn& turn, const Block& block);

}  // namespace bezant
