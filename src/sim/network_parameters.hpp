// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "ledger/parameters.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// The target at which a block takes this many hashes on average, which must not be 0: as close as
/// the compact form can write it, and not easier.
[[nodiscard]] CompactTarget target_of_hashes(std::uint64_t hashes_per_block);

/// The parameters of a scenario's network: built-in ones, bent as the settings say, with an equal
/// allocation to each owner in the genesis block, and then what `others` get there. The rules' name
/// must be a built-in network's.
[[nodiscard]] Parameters network_parameters(const NetworkSettings& settings,
                                            std::span<const PublicKeyHash> owners,
                                            std::span<const Output> others = {});

}  // namespace bezant::sim
