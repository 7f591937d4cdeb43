// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "node/address_buckets.hpp"

namespace bezant::sim {

// What an attacker can make of a participant's address book and slots, by the law of its buckets
// (node/address_buckets.hpp; Heilman et al. 2015, section 4). For people to read: it moves nothing.

/// Buckets of the new table that he can be expected to reach who tells of addresses in g groups,
/// from g groups: what one of them tells falls into
///
///     k = s (1 - (1 - 1/s)^g)
///
/// of its s buckets, and what all tell into B (1 - (1 - 1/B)^(g k)) of the table's B.
[[nodiscard]] double buckets_in_reach(const AddressBookLimits& limits, std::uint32_t groups);

/// The chance that all slots are his, if an address that is drawn is his with this share a, some
/// slots are filled before with addresses of his, and no two may be of one of his g groups: the
/// product of
///
///     a (1 - i/g) / (a (1 - i/g) + 1 - a)    for i = first … slots - 1
[[nodiscard]] double all_slots_odds(double share, std::size_t slots, std::uint32_t groups,
                                    std::size_t first);

}  // namespace bezant::sim
