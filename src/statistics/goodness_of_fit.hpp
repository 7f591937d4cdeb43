// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace bezant::statistics {

/// How well a sample fits a law.
struct GoodnessOfFit {
    double statistic = 0;  ///< how far it is from the law
    double p_value = 0;    ///< chance of being as far or farther, if the law is the sample's own
};

/// Kolmogorov-Smirnov, of one sample: `law` gives the chance of at most a value, and must be
/// continuous. The statistic is the largest distance between it and the sample's own share of
/// values. There is a value in the sample. The p-value is exact up to 200 values (Marsaglia, Tsang,
/// Wang 2003), and beyond that of the limit law with a correction of Vrbik (2018), which is out by
/// less than 0.0001 there.
[[nodiscard]] GoodnessOfFit kolmogorov_smirnov_test(std::span<const double> sample,
                                                    const std::function<double(double)>& law);

/// The chance that the statistic of so many values is below `distance`, if they follow the law.
[[nodiscard]] double kolmogorov_smirnov_chance(std::size_t values, double distance);

/// Pearson's chi-squared test: how often each of some classes was seen, against the chances of the
/// classes, which add up to one and are not zero. `fitted` parameters of the law were taken from
/// the same sample. At least two classes more than those; it holds where some five of each class
/// are to be expected.
[[nodiscard]] GoodnessOfFit chi_squared_test(std::span<const std::uint64_t> seen,
                                             std::span<const double> chances,
                                             std::size_t fitted = 0);

}  // namespace bezant::statistics
