// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace bezant {

/// A span of time in microseconds.
struct Duration {
    std::int64_t microseconds = 0;

    friend constexpr auto operator<=>(Duration, Duration) = default;
    friend constexpr Duration operator+(Duration left, Duration right) {
        return {left.microseconds + right.microseconds};
    }
    friend constexpr Duration operator-(Duration left, Duration right) {
        return {left.microseconds - right.microseconds};
    }
    friend constexpr Duration operator*(Duration span, std::int64_t factor) {
        return {span.microseconds * factor};
    }
};

constexpr Duration microseconds(std::int64_t count) { return {count}; }
constexpr Duration milliseconds(std::int64_t count) { return {count * 1'000}; }
constexpr Duration seconds(std::int64_t count) { return {count * 1'000'000}; }

/// A moment: microseconds since 1 January 1970, UTC. Whoever drives a participant gives it the
/// time; nothing in this project below the real network reads a clock.
struct Time {
    std::int64_t microseconds = 0;

    friend constexpr auto operator<=>(Time, Time) = default;
    friend constexpr Time operator+(Time moment, Duration span) {
        return {moment.microseconds + span.microseconds};
    }
    friend constexpr Time operator-(Time moment, Duration span) {
        return {moment.microseconds - span.microseconds};
    }
    friend constexpr Duration operator-(Time later, Time earlier) {
        return {later.microseconds - earlier.microseconds};
    }
};

/// Whole seconds since 1970, rounded down: the unit of a block header's time.
constexpr std::int64_t unix_seconds(Time moment) { return moment.microseconds / 1'000'000; }
constexpr Time from_unix_seconds(std::int64_t count) { return {count * 1'000'000}; }

}  // namespace bezant
