// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

#include "base/check.hpp"
#include "base/time.hpp"

namespace bezant::sim {

/// What kind of thing happens, in the order in which things of one moment happen: first the world
/// changes, then participants hear of it, then messages come, then what is local; calls come last.
enum class EventKind : std::uint8_t {
    fault,          ///< one of the scenario's, or of an attack
    chaos,          ///< the next random fault
    disk_synced,    ///< what a participant wrote is safe now
    reconnect,      ///< a link that a participant gave up is tried again
    started,        ///< a participant comes to life
    connection,     ///< a participant learns that a connection begins or ends
    message,        ///< a message reaches a participant
    timer,          ///< a participant's timer fires
    mining_switch,  ///< a participant's miner is switched on or off
    nonce_found,    ///< a participant's miner finds a block: by search,
    block_granted,  ///< or by chance
    order,          ///< a participant's user orders a payment
    submission,     ///< a participant's user hands a transaction in
    poke,           ///< an attack's actor acts
    unbusy,         ///< a participant has finished what it was at, and takes what waited
    mining_slice,   ///< the next nonces are searched
    attack,         ///< an attack acts
    workload,       ///< the next step of what people do
    call,           ///< a participant's call is answered, or is not
    call_failed,    ///< a participant gives a call up
    introduction,   ///< a participant is told of others by its user
};

/// The place of an event in the total order: by time, then kind, destination, source, and how many
/// events the source made before it. No two events have the same place.
class EventOrder {
public:
    static constexpr std::uint32_t end_max = (1U << 28U) - 1;

    EventOrder() = default;

    /// Times are not before 1970; source and destination are at most end_max.
    EventOrder(Time at, EventKind kind, std::uint32_t destination, std::uint32_t source,
               std::uint32_t sequence)
        : microseconds_(static_cast<std::uint64_t>(at.microseconds)),
          ends_(static_cast<std::uint64_t>(kind) << 56U |
                static_cast<std::uint64_t>(destination) << 28U | source),
          sequence_(sequence) {
        CHECK(at.microseconds >= 0, "events happen after 1970");
        CHECK(destination <= end_max && source <= end_max, "ends of events fit into 28 bits");
    }

    [[nodiscard]] Time at() const { return {static_cast<std::int64_t>(microseconds_)}; }
    [[nodiscard]] std::uint64_t microseconds() const { return microseconds_; }
    [[nodiscard]] EventKind kind() const { return static_cast<EventKind>(ends_ >> 56U); }
    [[nodiscard]] std::uint32_t destination() const {
        return static_cast<std::uint32_t>(ends_ >> 28U) & end_max;
    }
    [[nodiscard]] std::uint32_t source() const {
        return static_cast<std::uint32_t>(ends_) & end_max;
    }
    /// Kind, destination and source in one number that orders as they do.
    [[nodiscard]] std::uint64_t ends() const { return ends_; }

    friend auto operator<=>(const EventOrder&, const EventOrder&) = default;

private:
    std::uint64_t microseconds_ = 0;
    std::uint64_t ends_ = 0;
    std::uint32_t sequence_ = 0;
};

}  // namespace bezant::sim
