// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace bezant::report {

/// A bar of a value, where the largest fills so many columns: to an eighth of one, or in number
/// signs without Unicode. What is not nothing is to be seen.
[[nodiscard]] std::string bar_text(std::size_t value, std::size_t largest, std::size_t columns,
                                   bool unicode);

}  // namespace bezant::report
