// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "statistics/interval.hpp"

namespace bezant::statistics {

/// The mean of numbers that come one by one, and how far it can be trusted (Welford 1962: no
/// numbers are kept, and none cancel). The same numbers in the same order give the same result to
/// the last bit; in another order the last bits may differ, so give them in an order of their own.
class SampleMean {
public:
    /// The value must be finite.
    void add(double value);

    [[nodiscard]] std::uint64_t count() const { return count_; }
    /// Of at least one number.
    [[nodiscard]] double mean() const;
    /// Unbiased, of at least two numbers.
    [[nodiscard]] double variance() const;
    /// Student's interval of the true mean (Student 1908): exact if the numbers follow the normal
    /// law, and near to it for a few dozen of any. Nothing for fewer than two numbers. `confidence`
    /// lies between 0 and 1.
    [[nodiscard]] std::optional<Interval> interval(double confidence = usual_confidence) const;

private:
    std::uint64_t count_ = 0;
    double mean_ = 0;
    double squares_ = 0;  ///< sum of squared distances from the mean
};

}  // namespace bezant::statistics
