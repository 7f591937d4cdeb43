// SPDX-License-Identifier: Apache-2.0
#include "report/amount_column.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant::report {

void AmountColumn::make_room(Amount amount) {
    const std::string text = to_text(amount);
    const std::size_t point = text.find('.');
    digits_ = std::max(digits_, point);
    decimals_ = std::max(decimals_, text.size() - point - 1);
}

std::string AmountColumn::text(Amount amount) const {
    const std::string text = to_text(amount);
    const std::size_t point = text.find('.');
    const std::size_t decimals = text.size() - point - 1;
    CHECK(point <= digits_ && decimals <= decimals_, "room was made for every amount");
    return std::string(digits_ - point, ' ') + text + std::string(decimals_ - decimals, ' ');
}

}  // namespace bezant::report
