// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/held_facts.hpp"
#include "node/message.hpp"

namespace bezant {

/// Marks the payments and blocks that a message under way names by index: whoever gets it may ask
/// for them, or send them on.
void hold_facts(const Message& message, HeldFacts& held);

}  // namespace bezant
