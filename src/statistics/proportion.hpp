// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "statistics/interval.hpp"

namespace bezant::statistics {

/// Wilson's interval of the chance of what happened `successes` times in `trials` (Wilson 1927;
/// recommended by Brown, Cai and DasGupta 2001). It stays within 0 and 1 and has a width where all
/// trials came out alike. There is a trial, and `confidence` lies between 0 and 1.
[[nodiscard]] Interval interval_of_proportion(std::uint64_t successes, std::uint64_t trials,
                                              double confidence = usual_confidence);

}  // namespace bezant::statistics
