// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "node/address_buckets.hpp"
#include "sim/attacks/eclipse_view.hpp"
#include "sim/summary.hpp"

namespace bezant::sim {

/// What came of an attempt to hold all connections of a victim.
struct EclipseResult {
    AddressBookLimits limits;  ///< of the victim's book
    std::size_t slots = 0;     ///< for which it chooses whom to call
    std::uint32_t groups = 0;  ///< that the attacker's addresses are in

    Hold before;                      ///< before he began
    std::size_t anchors = 0;          ///< of others, that the victim calls first
    std::size_t anchors_his = 0;      ///< the same of his
    BookShare book;                   ///< as it came back
    Hold after;                       ///< some minutes later
    std::uint32_t blocks_missed = 0;  ///< of the others' chain, an hour later

    [[nodiscard]] bool has_succeeded() const { return after.outbound == 1 && after.inbound == 1; }
    /// The chance that all slots that the victim fills are his, once its book is as it is.
    [[nodiscard]] double odds() const;
    [[nodiscard]] std::vector<AttackOutcome::Figure> figures() const;
    /// A sentence or two for people.
    [[nodiscard]] std::string detail() const;
};

}  // namespace bezant::sim
