// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bezant::wallet {

/// Steps after which the search stops with the best that it has; Bitcoin Core's TOTAL_TRIES.
inline constexpr std::size_t search_steps_max = 100'000;

/// What a choice must come to: at least `low`, at most `high`, in at most `count_max` values.
struct SearchWindow {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::size_t count_max = 0;
};

/// The places of values whose sum lies in the window and is the least that does, in ascending
/// order; nothing if there are none, or none was found within search_steps_max. The values are
/// positive, in descending order, and their sum fits into 64 bits.
///
/// A depth-first search over taking and leaving each value, the largest first. It turns back where
/// the sum is above the window or can no longer reach it, and does not leave a value only to take
/// an equal one.
[[nodiscard]] std::optional<std::vector<std::size_t>> least_sum_within(
    std::span<const std::uint64_t> values, const SearchWindow& window);

}  // namespace bezant::wallet
