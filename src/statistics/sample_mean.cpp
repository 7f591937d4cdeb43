// SPDX-License-Identifier: Apache-2.0
#include "statistics/sample_mean.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "base/check.hpp"

namespace bezant::statistics {

void SampleMean::add(double value) {
    CHECK(std::isfinite(value), "only finite numbers have a mean");
    ++count_;
    const double distance = value - mean_;
    mean_ += distance / static_cast<double>(count_);
    squares_ += distance * (value - mean_);
}

double SampleMean::mean() const {
    CHECK(count_ > 0, "there is a number to take the mean of");
    return mean_;
}

double SampleMean::variance() const {
    CHECK(count_ > 1, "there are two numbers that can differ");
    return squares_ / static_cast<double>(count_ - 1);
}

std::optional<Interval> SampleMean::interval(double confidence) const {
    CHECK(confidence > 0 && confidence < 1, "a confidence is a chance");
    if (count_ < 2) return std::nullopt;
    const auto numbers = static_cast<double>(count_);
    const boost::math::students_t law{numbers - 1};
    const double half_width =
        boost::math::quantile(law, (1 + confidence) / 2) * std::sqrt(variance() / numbers);
    return Interval{mean_ - half_width, mean_ + half_width};
}

}  // namespace bezant::statistics
