// SPDX-License-Identifier: Apache-2.0
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <numeric>

#include "base/check.hpp"
#include "statistics/goodness_of_fit.hpp"

namespace bezant::statistics {

GoodnessOfFit chi_squared_test(std::span<const std::uint64_t> seen, std::span<const double> chances,
                               std::size_t fitted) {
    CHECK(seen.size() == chances.size() && seen.size() >= fitted + 2, "classes can differ");
    const double chance_of_any = std::accumulate(chances.begin(), chances.end(), 0.0);
    CHECK(std::abs(chance_of_any - 1) < 1e-9, "one of the classes is seen each time");
    const auto all =
        static_cast<double>(std::accumulate(seen.begin(), seen.end(), std::uint64_t{0}));
    double statistic = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const double expected = all * chances[i];
        CHECK(expected > 0, "each class can be seen");
        const double off = static_cast<double>(seen[i]) - expected;
        statistic += off * off / expected;
    }
    const boost::math::chi_squared law{static_cast<double>(seen.size() - 1 - fitted)};
    return {statistic, boost::math::cdf(boost::math::complement(law, statistic))};
}

}  // namespace bezant::statistics
