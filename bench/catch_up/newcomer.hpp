// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/catch_up/chain.hpp"
#include "bench/support/cost.hpp"

namespace bezant::bench {

/// What it takes a node with an empty folder to have all of the chain on its disk, from its first
/// calls on: of a peer that stalls and one that lies.
[[nodiscard]] Cost cost_to_catch_up(const LongChain& chain);

}  // namespace bezant::bench
