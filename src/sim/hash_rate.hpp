// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// How fast a miner is, in hashes per million seconds: a share of a millionth of any whole number
/// of hashes a second is exact.
struct HashRate {
    std::uint64_t per_million_seconds = 0;
};

/// How long a miner takes for so many hashes, rounded up to the microsecond. The rate must not be
/// 0.
[[nodiscard]] Duration time_of_hashes(std::uint64_t hashes, HashRate rate);

/// Each participant's rate.
[[nodiscard]] std::vector<HashRate> hash_rates(const Scenario& scenario);

}  // namespace bezant::sim
