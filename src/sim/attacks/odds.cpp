// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/odds.hpp"

#include <algorithm>

namespace bezant::sim {

namespace {

double power(double base, std::uint32_t exponent) {
    double result = 1.0;
    for (std::uint32_t i = 0; i < exponent; ++i) result *= base;
    return result;
}

}  // namespace

double double_spend_odds(PartsPerMillion share, std::uint32_t confirmations) {
    const double q = static_cast<double>(share) / one_million;
    const double p = 1.0 - q;
    if (q >= p || confirmations == 0) return 1.0;
    double failure = 0.0;
    double ways = 1.0;  // C(m + n - 1, m)
    for (std::uint32_t m = 0; m <= confirmations; ++m) {
        failure +=
            ways * (power(p, confirmations) * power(q, m) - power(p, m) * power(q, confirmations));
        ways *= static_cast<double>(m + confirmations) / (m + 1);
    }
    return std::clamp(1.0 - failure, 0.0, 1.0);
}

}  // namespace bezant::sim
