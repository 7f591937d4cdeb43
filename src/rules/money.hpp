// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "base/amount.hpp"
#include "base/check.hpp"

namespace bezant {

/// A sum of what strangers claim: it cannot go above all the money there can be.
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

/// The sum of two amounts that are parts of the money there is, so that it fits.
[[nodiscard]] inline Amount sum_of_checked(Amount left, Amount right) {
    const auto sum = checked_add(left, right);
    CHECK(sum, "parts of the money there is add up to no more than all of it");
    return *sum;
}

/// The same over many items.
template <class Items, class AmountOf>
[[nodiscard]] Amount sum_of_checked(const Items& items, AmountOf amount_of) {
    Amount sum;
    for (const auto& item : items) sum = sum_of_checked(sum, std::invoke(amount_of, item));
    return sum;
}

}  // namespace bezant
