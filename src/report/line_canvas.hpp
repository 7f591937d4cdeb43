// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bezant::report {

/// How many columns of a terminal the text takes: its characters, as long as it is neither a script
/// of double width nor one of combining marks.
[[nodiscard]] std::size_t display_width(std::string_view utf8);

/// A drawing of horizontal and vertical lines, and of labels that cover them. Where lines meet they
/// join; corners are round. It grows to the right and down as it is drawn on.
class LineCanvas {
public:
    /// Gives back how the text of label number `label` shall be written, in colour for example.
    /// Must not change its width.
    using Style = std::function<std::string(std::size_t label, std::string_view text)>;

    /// A line from the middle of one cell to the middle of another in the same row.
    void horizontal(std::size_t row, std::size_t column, std::size_t other_column);

    /// A line from the middle of one cell to the middle of another in the same column.
    void vertical(std::size_t column, std::size_t row, std::size_t other_row);

    /// Text that begins in this cell. Labels must not overlap; `number` is for Style.
    void label(std::size_t row, std::size_t column, std::string text, std::size_t number);

    /// The rows, each ended by a newline and without blanks at its end. Without `unicode`, in
    /// ASCII.
    [[nodiscard]] std::string text(bool unicode, const Style& style) const;

private:
    struct Label {
        std::size_t column = 0;
        std::string text;
        std::size_t number = 0;
    };
    struct Row {
        std::vector<std::uint8_t> arms;  // by column: which way lines leave the cell
        std::vector<Label> labels;
    };

    void add_arm(std::size_t row, std::size_t column, std::uint8_t arm);
    Row& row_at(std::size_t row);

    std::vector<Row> rows_;
};

}  // namespace bezant::report
