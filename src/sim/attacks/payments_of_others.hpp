// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>

#include "chain/fact_index.hpp"

namespace bezant::sim {

class World;

/// What came of payments.
struct PaymentsMade {
    std::uint64_t made = 0;
    std::uint64_t confirmed = 0;
    /// One is in none of the last six blocks, nor before, though it was made before them.
    bool is_one_kept_out = false;
};

/// Of all payments in the world but an attacker's own. Linear in all payments.
[[nodiscard]] PaymentsMade payments_of_others(const World& world,
                                              const std::set<TransactionIndex>& his);

}  // namespace bezant::sim
