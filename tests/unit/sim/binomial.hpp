// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace bezant::sim::test {

inline double log_chance(std::uint64_t successes, std::uint64_t tries, double odds) {
    const auto k = static_cast<double>(successes);
    const auto n = static_cast<double>(tries);
    return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(odds) +
           (n - k) * std::log1p(-odds);
}

/// How likely a number of successes as far off as this, or farther on the same side, is by the
/// binomial law.
inline double tail(std::uint64_t successes, std::uint64_t tries, double odds) {
    double at_most = 0.0;
    for (std::uint64_t k = 0; k <= successes; ++k) at_most += std::exp(log_chance(k, tries, odds));
    const double at_least = 1.0 - at_most + std::exp(log_chance(successes, tries, odds));
    return std::min(at_most, at_least);
}

}  // namespace bezant::sim::test
