// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "report/line_canvas.hpp"
#include "report/spanning_tree.hpp"

namespace bezant::report {

/// Which way a tree grows.
enum class TreeShape : std::uint8_t {
    both_sides,  ///< from the root in the middle to the left and to the right
    one_side,    ///< from the root at the left to the right
    downwards,   ///< one participant a row, indented by distance: the narrowest
};

/// Draws a tree of named participants in one shape; nothing if that is wider than `width_max`. A
/// parent stands in the middle of the rows of his children. Labels carry participants' numbers.
[[nodiscard]] std::optional<LineCanvas> draw_tree(const SpanningTree& tree,
                                                  std::span<const std::string> names,
                                                  TreeShape shape, std::size_t width_max);

}  // namespace bezant::report
