// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "fidelity/check.hpp"
#include "sim/observer.hpp"
#include "sim/scenario.hpp"

namespace bezant::fidelity {

/// A block of the main chain.
struct MinedBlock {
    double found_s = 0;  ///< since the start
    sim::ParticipantId miner = 0;
    double target = 0;  ///< what its header asked for
};

/// A world of whole participants who mine and pay nothing, all linked to all by links of a
/// millisecond, so that forks are as good as none.
[[nodiscard]] sim::Scenario mining_alone(std::uint32_t participants, std::uint32_t blocks,
                                         std::uint64_t seed);

/// Runs it, bent as the plan says; its main chain without genesis.
[[nodiscard]] std::vector<MinedBlock> main_chain_of(sim::Scenario scenario, const Plan& plan);

}  // namespace bezant::fidelity
