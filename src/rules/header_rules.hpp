// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/result.hpp"
#include "base/time.hpp"
#include "ledger/parameters.hpp"
#include "rules/reason.hpp"

namespace bezant {

/// What the rules need to know of the chain below a block.
struct ParentContext {
    Height height;           ///< of the parent
    std::uint32_t time = 0;  ///< of the parent
    std::uint32_t median_time_past =
        0;  ///< median of the times of the parent and up to ten before it
};

/// A block's time must be above the median of this many blocks before it (Bitcoin's rule): no one
/// miner can then turn the clock back.
inline constexpr std::size_t median_time_blocks = 11;

/// The target that a child of this parent must have (fixed, or aserti3-2d anchored at genesis; BCH
/// specification 2020-11-15).
[[nodiscard]] CompactTarget next_target(const ParentContext& parent, const Parameters& parameters);

/// Median of the times of a block and up to ten ancestors, given in any order; at least one. The
/// later of the middle two if their number is even.
[[nodiscard]] std::uint32_t median_time(std::span<const std::uint32_t> times);

/// Rules of a header that need nothing else: version, a well-formed target, the work it claims, and
/// a target no easier than the network ever allows (wrong_target), so that headers whose parent is
/// not known yet cost their maker work too.
[[nodiscard]] Result<void, Rejection> check_header_work(const BlockHeader& header,
                                                        const Parameters& parameters);

/// Rules of a header on its parent: scheduled target, and time above the median of the last 11.
[[nodiscard]] Result<void, Rejection> check_header_on_parent(const BlockHeader& header,
                                                             const ParentContext& parent,
                                                             const Parameters& parameters);

/// The one rule that is a participant's knowledge: not too far ahead of its clock. A block refused
/// for this may be good later.
[[nodiscard]] Result<void, Rejection> check_header_clock(const BlockHeader& header, Time now,
                                                         const Parameters& parameters);

}  // namespace bezant
