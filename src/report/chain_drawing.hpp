// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "report/line_canvas.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::report {

/// Draws a network in which all stand in one line from row to row, right and left in turn; nothing
/// if the network is another or a name is too long. Labels carry participants' numbers.
[[nodiscard]] std::optional<LineCanvas> draw_line(const sim::Graph& graph,
                                                  std::span<const std::string> names,
                                                  std::size_t width_max);

/// Draws a network that is one ring as a frame, the first participant in the upper left corner and
/// the next to his right; nothing if the network is another or a name is too long.
[[nodiscard]] std::optional<LineCanvas> draw_ring(const sim::Graph& graph,
                                                  std::span<const std::string> names,
                                                  std::size_t width_max);

}  // namespace bezant::report
