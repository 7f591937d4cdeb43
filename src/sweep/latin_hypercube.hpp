// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"

namespace bezant::sweep {

/// The values of one key in `samples` points of a Latin hypercube, in the order of the points: one
/// in each of so many equal strata of [low, high], both included, drawn uniformly within it, the
/// strata in random order (McKay, Beckman and Conover 1979). The i-th stratum of n are the values v
/// with floor((v - low) * n / (high - low + 1)) = i; where there are fewer values than strata, each
/// is taken equally often, or once more. Needs 0 <= low <= high and samples > 0.
[[nodiscard]] std::vector<std::int64_t> stratified_values(std::int64_t low, std::int64_t high,
                                                          std::uint32_t samples, Random random);

}  // namespace bezant::sweep
