// SPDX-License-Identifier: Apache-2.0
#include "mining/difficulty_control.hpp"

#include <algorithm>
#include <bit>

namespace bezant::mining {

namespace {

/// The logarithm of a ratio to the base 2, rounded down; 0 if it is below 1.
int doublings(std::int64_t numerator, std::int64_t denominator) {
    const std::int64_t ratio = numerator / std::max<std::int64_t>(denominator, 1);
    if (ratio < 1) return 0;
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(ratio))) - 1;
}

}  // namespace

bool DifficultyControl::is_flooded(Time now) const {
    return !is_highest_ && shares_ >= shares_enough &&
           now - since_ < share_interval * (shares_ / 2);
}

// Times in which shares should have come are compared with the time that has passed.
void DifficultyControl::adjust(Time now, ShareDifficulty highest) {
    const Duration passed = now - since_;
    const bool is_enough = passed >= time_enough || shares_ >= shares_enough;
    if (is_enough && passed >= Duration{}) {
        const std::int64_t due = share_interval.microseconds * shares_;
        const int harder = doublings(due, passed.microseconds);
        const int easier =
            doublings(passed.microseconds, std::max(due, share_interval.microseconds));
        current_ = ShareDifficulty::of_exponent(current_.exponent() + harder - easier);
    }
    if (is_enough || passed < Duration{}) {
        since_ = now;
        shares_ = 0;
    }
    current_ = std::min(current_, highest);
    is_highest_ = current_ == highest;
}

}  // namespace bezant::mining
