// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/time.hpp"
#include "node/network_address.hpp"

namespace bezant {

/// New buckets that one address can be in at once; Bitcoin Core's ADDRMAN_NEW_BUCKETS_PER_ADDRESS.
/// Who is told of by many becomes likelier to be called, up to so many times.
inline constexpr std::size_t new_places_max = 8;

/// What an address book keeps of an address. Moments are in whole seconds since 1970, as on the
/// wire and on disk; 0 is never.
struct KnownAddress {
    NetworkAddress address;
    NetworkAddress source;             ///< who first told of it
    std::uint32_t heard_at = 0;        ///< when it was last up, as far as we were told or saw
    std::uint32_t tried_at = 0;        ///< when we last called it
    std::uint32_t failed_at = 0;       ///< when a failure was last counted
    std::uint32_t succeeded_at = 0;    ///< when it last answered us
    std::uint32_t failures = 0;        ///< counted since then
    bool tried = false;                ///< it is in the tried table
    std::uint8_t new_place_count = 0;  ///< how many of these are its places in the new table
    std::array<std::uint32_t, new_places_max> new_places{};

    [[nodiscard]] std::span<const std::uint32_t> places() const {
        return std::span{new_places}.first(new_place_count);
    }
    [[nodiscard]] bool is_kept() const { return tried || new_place_count != 0; }
    void add_place(std::uint32_t place) { new_places[new_place_count++] = place; }
    void remove_place(std::uint32_t place);
};

/// The moment in whole seconds, within what the wire can hold.
[[nodiscard]] std::uint32_t seconds_of(Time moment);

/// Whether an address is not worth its place (Bitcoin Core's AddrInfo::IsTerrible): it was not up
/// for 30 days, or says to be from the future, or failed three times and never answered, or ten
/// times since it answered over a week ago. One that was called in the last minute is not judged.
[[nodiscard]] bool is_terrible(const KnownAddress& known, std::uint32_t now);

/// How likely it is to be called compared with others, in 2^-30 (Bitcoin Core's
/// AddrInfo::GetChance): a hundredth if it was called in the last ten minutes, and two thirds as
/// much for each failure, up to eight.
inline constexpr unsigned chance_bits = 30;
[[nodiscard]] std::uint64_t chance_of(const KnownAddress& known, std::uint32_t now);

}  // namespace bezant
