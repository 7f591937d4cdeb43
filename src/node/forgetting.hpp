// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/held_facts.hpp"

namespace bezant {

struct ParticipantState;

/// Marks what the participant refers to by index and what it may still do something with: payments
/// that wait, are asked for or were refused, and blocks that it asked for. Whatever comes to keep
/// such an index between two events must be told of here: what is not may be forgotten, and its
/// index given to another.
void hold_waiting_facts(const ParticipantState& self, HeldFacts& held);

/// Every transaction and coin to which the participant refers by index: the same, and the coins of
/// its wallet.
[[nodiscard]] HeldFacts facts_held(const ParticipantState& self);

/// Lets the participant's own archive forget what is buried and not held, if that is worth the
/// while: when memory holds twice the transactions that stayed the last time. So it costs little a
/// transaction, and memory follows what is held and the last blocks.
void forget_buried(ParticipantState& self);

}  // namespace bezant
