// SPDX-License-Identifier: Apache-2.0
#include "statistics/proportion.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "base/check.hpp"

namespace bezant::statistics {

Interval interval_of_proportion(std::uint64_t successes, std::uint64_t trials, double confidence) {
    CHECK(trials > 0 && successes <= trials, "successes are some of the trials");
    CHECK(confidence > 0 && confidence < 1, "a confidence is a chance");
    const double quantile =
        boost::math::quantile(boost::math::normal_distribution<double>{}, (1 + confidence) / 2);
    const auto count = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / count;
    const double square = quantile * quantile;
    const double centre = (share + square / (2 * count)) / (1 + square / count);
    const double half_width = quantile / (1 + square / count) *
                              std::sqrt(share * (1 - share) / count + square / (4 * count * count));
    // Where all came out alike, the end is exact; rounding must not move it.
    return {successes == 0 ? 0.0 : std::max(0.0, centre - half_width),
            successes == trials ? 1.0 : std::min(1.0, centre + half_width)};
}

}  // namespace bezant::statistics
