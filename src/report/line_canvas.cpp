// SPDX-License-Identifier: Apache-2.0
#include "report/line_canvas.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.hpp"

namespace bezant::report {

namespace {

constexpr std::uint8_t up = 1;
constexpr std::uint8_t right = 2;
constexpr std::uint8_t down = 4;
constexpr std::uint8_t left = 8;

using Glyphs = std::array<std::string_view, 16>;  // by the sum of arms
constexpr Glyphs unicode_glyphs = {" ", "╵", "╶", "╰", "╷", "│", "╭", "├",
                                   "╴", "╯", "─", "┴", "╮", "┤", "┬", "┼"};
constexpr Glyphs ascii_glyphs = {" ", "|", "-", "`", "|", "|", ",", "+",
                                 "-", "'", "-", "+", ".", "+", "+", "+"};

}  // namespace

std::size_t display_width(std::string_view utf8) {
    return static_cast<std::size_t>(std::ranges::count_if(
        utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; }));
}

void LineCanvas::horizontal(std::size_t row, std::size_t column, std::size_t other_column) {
    const auto [first, last] = std::minmax(column, other_column);
    for (std::size_t at = first; at < last; ++at) {
        add_arm(row, at, right);
        add_arm(row, at + 1, left);
    }
}

void LineCanvas::vertical(std::size_t column, std::size_t row, std::size_t other_row) {
    const auto [first, last] = std::minmax(row, other_row);
    for (std::size_t at = first; at < last; ++at) {
        add_arm(at, column, down);
        add_arm(at + 1, column, up);
    }
}

void LineCanvas::label(std::size_t row, std::size_t column, std::string text, std::size_t number) {
    row_at(row).labels.push_back({column, std::move(text), number});
}

void LineCanvas::add_arm(std::size_t row, std::size_t column, std::uint8_t arm) {
    auto& arms = row_at(row).arms;
    if (arms.size() <= column) arms.resize(column + 1);
    arms[column] = static_cast<std::uint8_t>(arms[column] | arm);
}

LineCanvas::Row& LineCanvas::row_at(std::size_t row) {
    if (rows_.size() <= row) rows_.resize(row + 1);
    return rows_[row];
}

std::string LineCanvas::text(bool unicode, const Style& style) const {
    const Glyphs& glyphs = unicode ? unicode_glyphs : ascii_glyphs;
    std::string result;
    for (const Row& row : rows_) {
        std::size_t column = 0;
        const auto lines_until = [&](std::size_t end) {
            for (; column < end; ++column) {
                result += glyphs.at(column < row.arms.size() ? row.arms[column] : 0);
            }
        };
        auto labels = row.labels;
        std::ranges::sort(labels, {}, &Label::column);
        for (const Label& label : labels) {
            CHECK(label.column >= column, "labels do not overlap");
            lines_until(label.column);
            result += style ? style(label.number, label.text) : label.text;
            column += display_width(label.text);
        }
        lines_until(row.arms.size());
        result.erase(result.find_last_not_of(' ') + 1);
        result += '\n';
    }
    return result;
}

}  // namespace bezant::report
