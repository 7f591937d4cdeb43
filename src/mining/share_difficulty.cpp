// SPDX-License-Identifier: Apache-2.0
#include "mining/share_difficulty.hpp"

#include <algorithm>
#include <cmath>

namespace bezant::mining {

namespace {

/// The target of difficulty 1: ffff * 256^26.
const Uint256& difficulty_one() {
    constexpr std::uint64_t mantissa = 0xffff;
    constexpr unsigned bits = 208;
    static const Uint256 target = Uint256{mantissa} << bits;
    return target;
}

}  // namespace

ShareDifficulty ShareDifficulty::of_exponent(int exponent) {
    ShareDifficulty difficulty;
    difficulty.exponent_ = std::clamp(exponent, exponent_min, exponent_max);
    return difficulty;
}

ShareDifficulty ShareDifficulty::at_most(double difficulty) {
    return of_exponent(difficulty > 0 ? std::ilogb(difficulty) : exponent_min);
}

ShareDifficulty ShareDifficulty::below(const Uint256& target) {
    ShareDifficulty difficulty = of_exponent(exponent_max);
    while (difficulty.exponent_ > exponent_min && difficulty.target() < target)
        --difficulty.exponent_;
    return difficulty;
}

double ShareDifficulty::value() const { return std::ldexp(1.0, exponent_); }

Uint256 ShareDifficulty::target() const {
    if (exponent_ < 0) return difficulty_one() << static_cast<unsigned>(-exponent_);
    return difficulty_one() >> static_cast<unsigned>(exponent_);
}

}  // namespace bezant::mining
