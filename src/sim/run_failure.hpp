// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/observer.hpp"
#include "sim/summary.hpp"

namespace bezant::sim {

/// Why a run ended badly: a checker fired, honest participants are cut off from each other for
/// good, or they did not converge in time.
struct RunFailure {
    std::string check;   ///< name of the checker, "separation", or "no_convergence"
    std::string detail;  ///< what was seen, at which virtual time, by whom
    std::uint64_t seed = 0;
    /// Of a separation: who can still hear of each other, the smallest part first.
    std::vector<std::vector<ParticipantId>> parts;
    std::optional<AttackOutcome> attack;  ///< what had come of it by then
};

}  // namespace bezant::sim
