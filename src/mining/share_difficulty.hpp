// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>

#include "base/uint256.hpp"

namespace bezant::mining {

/// How hard a share is, as Stratum counts it: 1 is Bitcoin's easiest block, about 2^32 hashes. Only
/// powers of two: then the target is exact, however a program computes it.
class ShareDifficulty {
public:
    /// One hash in one makes a share, and so many that no machine of today finds one in a year.
    static constexpr int exponent_min = -32;
    static constexpr int exponent_max = 63;

    /// 1.
    constexpr ShareDifficulty() = default;
    /// 2^exponent, or the nearest that there is.
    [[nodiscard]] static ShareDifficulty of_exponent(int exponent);
    /// The highest that is not above this number, or the lowest that there is.
    [[nodiscard]] static ShareDifficulty at_most(double difficulty);
    /// The highest whose shares include all hashes at or below this target, or the lowest.
    [[nodiscard]] static ShareDifficulty below(const Uint256& target);

    [[nodiscard]] int exponent() const { return exponent_; }
    [[nodiscard]] double value() const;
    /// A hash at or below this number is a share.
    [[nodiscard]] Uint256 target() const;

    friend auto operator<=>(ShareDifficulty, ShareDifficulty) = default;

private:
    int exponent_ = 0;
};

}  // namespace bezant::mining
