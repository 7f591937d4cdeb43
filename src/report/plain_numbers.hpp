// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.hpp"

namespace bezant::report {

// Spans of time as plain numbers.

[[nodiscard]] constexpr double seconds_of(Duration span) {
    return static_cast<double>(span.microseconds) / 1e6;
}
[[nodiscard]] constexpr double milliseconds_of(Duration span) {
    return static_cast<double>(span.microseconds) / 1e3;
}

}  // namespace bezant::report
