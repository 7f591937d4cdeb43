// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace bezant::statistics {

/// What intervals are made for unless somebody asks for another: in 95 of 100 samples such an
/// interval has the true value in it.
inline constexpr double usual_confidence = 0.95;

/// Where a true value is taken to be, both ends included.
struct Interval {
    double low = 0;
    double high = 0;

    [[nodiscard]] double half_width() const { return (high - low) / 2; }

    friend bool operator==(const Interval&, const Interval&) = default;
};

}  // namespace bezant::statistics
