// SPDX-License-Identifier: Apache-2.0
#include "node/known_address.hpp"

#include <algorithm>

namespace bezant {

namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t day = 1'440 * minute;

constexpr std::int64_t future_max = 10 * minute;
constexpr std::int64_t horizon = 30 * day;          // Bitcoin Core's ADDRMAN_HORIZON
constexpr std::uint32_t failures_at_first = 3;      // ADDRMAN_RETRIES
constexpr std::uint32_t failures_later = 10;        // ADDRMAN_MAX_FAILURES
constexpr std::int64_t failing_at_least = 7 * day;  // ADDRMAN_MIN_FAIL

constexpr std::int64_t just_called = 10 * minute;
constexpr std::uint64_t just_called_divisor = 100;
constexpr std::uint32_t failures_weighed_max = 8;

/// Negative if the moment is to come.
std::int64_t ago(std::uint32_t moment, std::uint32_t now) {
    return std::int64_t{now} - std::int64_t{moment};
}

}  // namespace

void KnownAddress::remove_place(std::uint32_t place) {
    const auto end = new_places.begin() + new_place_count;
    const auto left = std::remove(new_places.begin(), end, place);
    new_place_count = static_cast<std::uint8_t>(left - new_places.begin());
}

std::uint32_t seconds_of(Time moment) {
    return static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(unix_seconds(moment), 0, UINT32_MAX));
}

bool is_terrible(const KnownAddress& known, std::uint32_t now) {
    if (ago(known.tried_at, now) <= minute) return false;
    if (ago(known.heard_at, now) < -future_max || ago(known.heard_at, now) > horizon) return true;
    if (known.succeeded_at == 0) return known.failures >= failures_at_first;
    return ago(known.succeeded_at, now) > failing_at_least && known.failures >= failures_later;
}

std::uint64_t chance_of(const KnownAddress& known, std::uint32_t now) {
    std::uint64_t chance = std::uint64_t{1} << chance_bits;
    if (ago(known.tried_at, now) < just_called) chance /= just_called_divisor;
    for (std::uint32_t i = std::min(known.failures, failures_weighed_max); i > 0; --i)
        chance = chance * 66 / 100;
    return chance;
}

}  // namespace bezant
