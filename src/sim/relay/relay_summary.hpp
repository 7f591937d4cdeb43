// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/summary.hpp"

namespace bezant::sim {

/// All that a run comes to in which participants only relay blocks; docs/output.md says what each
/// field means.
struct RelaySummary {
    std::string scenario;
    std::uint64_t seed = 0;
    std::string digest;
    std::uint32_t participants = 0;
    std::uint64_t links = 0;
    Duration virtual_time;
    std::uint64_t events = 0;
    Summary::Blocks blocks;
    /// Of all main-chain blocks and participants together.
    Summary::Propagation propagation;
    Duration propagation_mean;
    struct SpreadPoint {
        std::uint32_t share_ppm = 0;  ///< of participants and blocks
        Duration within;
    };
    std::vector<SpreadPoint> spread;  ///< the same in more detail, rising
    /// Medians over main-chain blocks of the time until half, or nine in ten, of all participants
    /// have the block.
    Duration half;
    Duration nine_tenths;
};

}  // namespace bezant::sim
