// SPDX-License-Identifier: Apache-2.0
#include "report/bar_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace bezant::report {

std::string bar_text(std::size_t value, std::size_t largest, std::size_t columns, bool unicode) {
    constexpr std::array<std::string_view, 8> eighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    std::size_t filled = (value * columns * 8 + largest / 2) / largest;
    if (value > 0) filled = std::max<std::size_t>(filled, 1);
    if (!unicode) return std::string((filled + 7) / 8, '#');
    std::string text;
    for (std::size_t i = 0; i < filled / 8; ++i) text += "█";
    return text + std::string{eighths.at(filled % 8)};
}

}  // namespace bezant::report
