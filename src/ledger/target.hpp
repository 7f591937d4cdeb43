// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/strong_integer.hpp"
#include "base/uint256.hpp"
#include "ledger/identifiers.hpp"

namespace bezant {

/// A target as Bitcoin writes it into a header ("nBits"): a base-256 floating-point number of one
/// exponent byte and a 23-bit mantissa with a sign.
struct CompactTargetTag;
using CompactTarget = StrongInteger<CompactTargetTag, std::uint32_t>;

/// The number that a compact target stands for; nothing if it is negative, zero, above 2^256 - 1,
/// or not the one canonical way to write that number (compact_from_target gives it).
[[nodiscard]] std::optional<Uint256> target_from_compact(CompactTarget compact);

/// The canonical compact form of a target, its lower bits cut off; the target must not be zero.
[[nodiscard]] CompactTarget compact_from_target(const Uint256& target);

/// Expected number of hashes to find one at or below the target: 2^256 / (target + 1).
[[nodiscard]] Uint256 work_of_target(const Uint256& target);

/// Whether the hash, read as a little-endian number, is at or below the target.
[[nodiscard]] bool meets_target(const BlockHash& hash, const Uint256& target);

}  // namespace bezant
