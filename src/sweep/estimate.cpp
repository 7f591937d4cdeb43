// SPDX-License-Identifier: Apache-2.0
#include "sweep/estimate.hpp"

#include <cmath>

#include "statistics/proportion.hpp"

namespace bezant::sweep {

Estimate Estimator::estimate() const {
    if (values_.count() == 0) return {};
    Estimate estimate{values_.count(), values_.mean(), values_.interval()};
    if (kind_ == report::MeasureKind::proportion) {
        const double successes = std::round(values_.mean() * static_cast<double>(values_.count()));
        estimate.interval = statistics::interval_of_proportion(
            static_cast<std::uint64_t>(successes), values_.count());
    }
    return estimate;
}

bool is_enough(const StopRule& rule, const Estimate& estimate) {
    if (!estimate.interval || estimate.runs < rule.seeds_min) return false;
    const double half_width = estimate.interval->half_width();
    if (rule.half_width && half_width <= *rule.half_width) return true;
    return rule.relative_half_width &&
           half_width <= *rule.relative_half_width * std::abs(*estimate.mean);
}

}  // namespace bezant::sweep
