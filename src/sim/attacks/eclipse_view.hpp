// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>

#include "base/random.hpp"
#include "node/address_book.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

class World;

// How much of a victim an attacker has, as seen from outside.

/// Shares of the victim's connections that are the attacker's; 0 of none.
struct Hold {
    double outbound = 0;  ///< that the victim made
    double inbound = 0;   ///< that others made
};
[[nodiscard]] Hold hold_of(const World& world, ParticipantId victim, ParticipantId attacker);

/// How many blocks of the chain that most are on the victim has not got to; 0 while it is down.
[[nodiscard]] std::uint32_t blocks_missed_by(const World& world, ParticipantId victim);

/// What of an address book is his.
struct BookShare {
    std::size_t addresses = 0;        ///< in all
    std::size_t new_buckets = 0;      ///< that hold any of his
    std::size_t tried = 0;            ///< of his
    std::size_t tried_of_others = 0;  ///< of everybody else
    double draws = 0;                 ///< of addresses drawn to be called
};
/// As it is after a restart, when everyone may be called again. Draws so often that the share of
/// draws is right to a hundredth.
[[nodiscard]] BookShare share_of_book(const AddressBook& book, const AddressBookLimits& limits,
                                      const std::set<NetworkAddress>& his, Time now,
                                      Random& random);

}  // namespace bezant::sim
