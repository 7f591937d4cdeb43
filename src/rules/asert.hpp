// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "ledger/target.hpp"

namespace bezant {

/// Where a chain is, as ASERT sees it: how far from its anchor block in blocks and in seconds.
struct AsertPosition {
    std::int64_t time_delta = 0;     ///< seconds from the anchor's parent to the latest block
    std::uint32_t height_delta = 0;  ///< blocks from the anchor to the latest block
};

/// What ASERT steers by; constant on one network.
struct AsertRule {
    CompactTarget anchor;                 ///< canonical target of the anchor block
    CompactTarget limit;                  ///< canonical easiest target
    std::uint32_t ideal_seconds = 0;      ///< that a block should take
    std::uint32_t half_life_seconds = 0;  ///< not zero: this far behind schedule doubles the target
};

/// aserti3-2d, the target of the block after the latest: anchor * 2^((time_delta - ideal *
/// (height_delta + 1)) / half_life), in integers, with a cubic approximation of 2^x whose error is
/// below 0.013 %, kept between 1 and the limit. Every position gives a target: nothing overflows.
/// Bitcoin Cash upgrade specification 2020-11-15, "ASERT difficulty adjustment algorithm
/// (aserti3-2d)".
[[nodiscard]] CompactTarget asert_target(const AsertRule& rule, const AsertPosition& position);

}  // namespace bezant
