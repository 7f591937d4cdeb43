// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace bezant::sim {

class World;

/// By how many times of a block the main chain is ahead of where honest clocks would have it: had
/// every block taken as many hashes as it did, one after the other, but its target followed from
/// when the blocks before it were found, and not from what their headers say of that. Chance is in
/// both, and drops out. `hash_rate` is of all participants, hashes a second. Linear in the chain.
[[nodiscard]] double blocks_ahead_of_honest_clocks(const World& world, std::uint64_t hash_rate);

}  // namespace bezant::sim
