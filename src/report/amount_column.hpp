// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "base/amount.hpp"

namespace bezant::report {

/// Amounts that stand below each other, aligned on the decimal point. All that come must be made
/// room for before the first is written.
class AmountColumn {
public:
    /// With room for so many digits before and after the point.
    explicit AmountColumn(std::size_t digits = 1, std::size_t decimals = 2)
        : digits_(digits), decimals_(decimals) {}

    void make_room(Amount amount);

    /// As wide as all others: blanks stand for the digits that are not there.
    [[nodiscard]] std::string text(Amount amount) const;
    [[nodiscard]] std::size_t width() const { return digits_ + 1 + decimals_; }

private:
    std::size_t digits_;
    std::size_t decimals_;
};

}  // namespace bezant::report
