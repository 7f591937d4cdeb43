// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "report/measures.hpp"
#include "statistics/interval.hpp"
#include "statistics/sample_mean.hpp"
#include "sweep/plan.hpp"

namespace bezant::sweep {

/// What the runs of a cell say of a measure's mean.
struct Estimate {
    std::uint64_t runs = 0;
    std::optional<double> mean;
    std::optional<statistics::Interval> interval;
};

/// Takes a measure's values in the order of the seeds.
class Estimator {
public:
    explicit Estimator(report::MeasureKind kind) : kind_(kind) {}

    void add(double value) { values_.add(value); }
    [[nodiscard]] Estimate estimate() const;

private:
    report::MeasureKind kind_;
    statistics::SampleMean values_;
};

/// Whether the rule asks for no more runs than these.
[[nodiscard]] bool is_enough(const StopRule& rule, const Estimate& estimate);

}  // namespace bezant::sweep
