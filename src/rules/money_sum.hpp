// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/amount.hpp"

namespace bezant {

/// A sum of money that cannot go above all the money there can be.
class MoneySum {
public:
    explicit MoneySum(Amount bound) : bound_(bound) {}

    /// Adds it, or leaves the sum as it is and says no if the sum would be above the bound.
    [[nodiscard]] bool add(Amount amount) {
        const auto sum = checked_add(sum_, amount);
        if (!sum || *sum > bound_) return false;
        sum_ = *sum;
        return true;
    }

    [[nodiscard]] Amount total() const { return sum_; }

private:
    Amount bound_;
    Amount sum_;
};

}  // namespace bezant
