// SPDX-License-Identifier: Apache-2.0
#include "report/chain_drawing.hpp"

#include <algorithm>
#include <vector>

namespace bezant::report {

namespace {

using sim::Graph;
using sim::NodeIndex;
using Names = std::span<const std::string>;

/// Columns between two participants in a row.
constexpr std::size_t gap = 2;
/// Columns left and right of the rows, where lines turn: the turn and a stub.
constexpr std::size_t margin = 2;

/// Everyone from `start` on, each next to the one before; stops where it would come back.
std::vector<NodeIndex> walk(const Graph& graph, NodeIndex start) {
    std::vector<NodeIndex> order{start};
    std::vector<bool> seen(graph.node_count());
    seen[start] = true;
    while (true) {
        const auto neighbours = graph.neighbours(order.back());
        const auto next =
            std::ranges::find_if(neighbours, [&](NodeIndex node) { return !seen[node]; });
        if (next == neighbours.end()) return order;
        seen[*next] = true;
        order.push_back(*next);
    }
}

/// How many participants have so many links.
struct DegreeCounts {
    std::size_t one = 0;
    std::size_t two = 0;
    std::size_t other = 0;
};

DegreeCounts count_degrees(const Graph& graph) {
    DegreeCounts counts;
    for (NodeIndex node = 0; node < graph.node_count(); ++node) {
        const std::size_t degree = graph.degree(node);
        ++(degree == 1 ? counts.one : degree == 2 ? counts.two : counts.other);
    }
    return counts;
}

std::size_t longest(Names names) {
    std::size_t width = 0;
    for (const std::string& name : names) width = std::max(width, display_width(name));
    return width;
}

/// How many participants fit into a row of so many columns.
std::size_t row_capacity(std::size_t name_width, std::size_t columns) {
    const std::size_t needed = 2 * margin + name_width;
    return columns < needed ? 0 : (columns - needed) / (name_width + gap) + 1;
}

struct Place {
    std::size_t row = 0;
    std::size_t cell = 0;
};

/// Cells of equal width in rows, each for a participant, and the lines between them.
class Cells {
public:
    Cells(Names names, std::size_t first_column)
        : names_(names), width_(longest(names)), first_column_(first_column) {}

    [[nodiscard]] std::size_t begin(std::size_t cell) const {
        return first_column_ + cell * (width_ + gap);
    }
    [[nodiscard]] std::size_t middle(std::size_t cell) const { return begin(cell) + width_ / 2; }
    [[nodiscard]] std::size_t end(std::size_t cell) const { return begin(cell) + width_; }

    void put(LineCanvas& canvas, Place place, NodeIndex node) const {
        put_around(canvas, place.row, middle(place.cell), node);
    }

    /// A label with its middle in this column.
    void put_around(LineCanvas& canvas, std::size_t row, std::size_t column, NodeIndex node) const {
        canvas.label(row, column - display_width(names_[node]) / 2, names_[node], node);
    }

    /// Joins neighbours in a row, or the ends of two rows, one below the other, by a turn.
    void join(LineCanvas& canvas, Place from, Place to) const {
        if (from.row == to.row) {
            canvas.horizontal(from.row, middle(from.cell), middle(to.cell));
            return;
        }
        const bool at_right = from.row % 2 == 0;
        const std::size_t turn = at_right ? end(from.cell) + margin - 1 : begin(from.cell) - margin;
        canvas.horizontal(from.row, middle(from.cell), turn);
        canvas.vertical(turn, from.row, to.row);
        canvas.horizontal(to.row, turn, middle(to.cell));
    }

private:
    Names names_;
    std::size_t width_;
    std::size_t first_column_;
};

/// Where number `index` of a line stands that winds through rows of so many cells.
Place winding_place(std::size_t index, std::size_t row_cells) {
    const std::size_t row = index / row_cells;
    const std::size_t along = index % row_cells;
    return {row, row % 2 == 0 ? along : row_cells - 1 - along};
}

/// How the participants of a ring are shared out over the four sides of its frame.
struct Frame {
    std::size_t top = 0;
    std::size_t right = 0;
    std::size_t bottom = 0;
    std::size_t left = 0;

    [[nodiscard]] std::size_t bottom_row() const { return right + 1; }
};

Frame frame_of(std::size_t participants, std::size_t row_cells) {
    const std::size_t top = std::min((participants + 1) / 2, row_cells);
    const std::size_t bottom = std::min(participants - top, row_cells);
    const std::size_t sides = participants - top - bottom;
    return {top, (sides + 1) / 2, bottom, sides / 2};
}

LineCanvas draw_frame(const Frame& frame, const std::vector<NodeIndex>& order, const Cells& cells) {
    const std::size_t left = cells.begin(0) - margin;
    const std::size_t right = cells.end(frame.top - 1) + margin - 1;
    const std::size_t bottom = frame.bottom_row();
    LineCanvas canvas;
    canvas.horizontal(0, left, right);
    canvas.horizontal(bottom, left, right);
    canvas.vertical(left, 0, bottom);
    canvas.vertical(right, 0, bottom);
    auto node = order.begin();
    for (std::size_t i = 0; i < frame.top; ++i) cells.put(canvas, {0, i}, *node++);
    for (std::size_t i = 0; i < frame.right; ++i) cells.put_around(canvas, 1 + i, right, *node++);
    for (std::size_t i = 0; i < frame.bottom; ++i) {
        cells.put(canvas, {bottom, frame.top - 1 - i}, *node++);
    }
    for (std::size_t i = 0; i < frame.left; ++i) {
        cells.put_around(canvas, bottom - 1 - i, left, *node++);
    }
    return canvas;
}

}  // namespace

std::optional<LineCanvas> draw_line(const Graph& graph, Names names, std::size_t width_max) {
    const DegreeCounts counts = count_degrees(graph);
    if (counts.one != 2 || counts.other != 0) return std::nullopt;
    NodeIndex start = 0;
    while (graph.degree(start) != 1) ++start;
    const auto order = walk(graph, start);
    const std::size_t width = longest(names);
    const bool winds = order.size() * (width + gap) > width_max + gap;
    const std::size_t row_cells = winds ? row_capacity(width, width_max) : order.size();
    if (order.size() != graph.node_count() || row_cells < 2) return std::nullopt;

    LineCanvas canvas;
    const Cells cells{names, winds ? margin : 0};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Place place = winding_place(i, row_cells);
        cells.put(canvas, place, order[i]);
        if (i > 0) cells.join(canvas, winding_place(i - 1, row_cells), place);
    }
    return canvas;
}

std::optional<LineCanvas> draw_ring(const Graph& graph, Names names, std::size_t width_max) {
    const DegreeCounts counts = count_degrees(graph);
    if (counts.two < 3 || counts.two != graph.node_count()) return std::nullopt;
    const auto order = walk(graph, 0);
    if (order.size() != graph.node_count()) return std::nullopt;
    const std::size_t width = longest(names);
    if (const Frame flat = frame_of(order.size(), row_capacity(width, width_max));
        flat.right == 0) {
        return draw_frame(flat, order, Cells{names, margin});
    }
    // Names at the sides reach beyond the frame by half of their width.
    const std::size_t row_cells = width_max > width ? row_capacity(width, width_max - width) : 0;
    if (row_cells < 2) return std::nullopt;
    return draw_frame(frame_of(order.size(), row_cells), order, Cells{names, margin + width / 2});
}

}  // namespace bezant::report
