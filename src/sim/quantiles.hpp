// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"

namespace bezant::sim {

/// Counts durations, and tells their quantiles to within 1 part in 1024, exactly below two
/// milliseconds: a histogram whose classes grow with the values (as HdrHistogram's), so that its
/// memory does not grow with their number.
class Quantiles {
public:
    /// Negative ones count as 0.
    void add(Duration sample);

    [[nodiscard]] std::uint64_t count() const { return count_; }

    /// The smallest duration that at least `parts_per_million` of the samples do not exceed,
    /// rounded down to its class; 0 without samples.
    [[nodiscard]] Duration at(std::uint32_t parts_per_million) const;

private:
    std::vector<std::uint64_t> classes_;
    std::uint64_t count_ = 0;
};

}  // namespace bezant::sim
