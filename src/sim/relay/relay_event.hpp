// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

#include "sim/observer.hpp"

namespace bezant::sim {

/// What reaches a participant that relays blocks, in the order in which things of one moment
/// happen.
enum class RelayEventKind : std::uint8_t {
    moment,       ///< nothing: whoever runs the engine wants it to stop there
    announced,    ///< a neighbour has a block
    asked,        ///< a neighbour wants it
    asked_again,  ///< a neighbour lacks payments of a compact block
    compact,      ///< a block comes, as short ids of its payments
    whole,        ///< a block comes, or what was lacking of it
};

/// One event in 16 bytes, which are its place in the total order, too: by time, then kind, block,
/// destination and source.
class RelayEvent {
public:
    static constexpr unsigned place_bits = 13;  ///< blocks under way at a time
    static constexpr unsigned end_bits = 24;
    static constexpr std::size_t places_max = std::size_t{1} << place_bits;

    RelayEvent(std::uint64_t at_us, RelayEventKind kind, std::uint32_t block_place,
               ParticipantId to, ParticipantId from)
        : at_us_(at_us),
          what_(static_cast<std::uint64_t>(kind) << (place_bits + 2 * end_bits) |
                static_cast<std::uint64_t>(block_place) << (2 * end_bits) |
                static_cast<std::uint64_t>(to) << end_bits | from) {}

    [[nodiscard]] std::uint64_t microseconds() const { return at_us_; }
    [[nodiscard]] std::uint64_t what() const { return what_; }
    [[nodiscard]] RelayEventKind kind() const {
        return static_cast<RelayEventKind>(what_ >> (place_bits + 2 * end_bits));
    }
    [[nodiscard]] std::uint32_t block_place() const {
        return static_cast<std::uint32_t>(what_ >> (2 * end_bits)) & ((1U << place_bits) - 1);
    }
    [[nodiscard]] ParticipantId to() const { return end(what_ >> end_bits); }
    [[nodiscard]] ParticipantId from() const { return end(what_); }

    friend auto operator<=>(const RelayEvent&, const RelayEvent&) = default;

private:
    static ParticipantId end(std::uint64_t bits) {
        return static_cast<ParticipantId>(bits) & ((1U << end_bits) - 1);
    }

    std::uint64_t at_us_;
    std::uint64_t what_;
};

}  // namespace bezant::sim
