// SPDX-License-Identifier: Apache-2.0
#include "report/tree_drawing.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace bezant::report {

namespace {

using sim::NodeIndex;
using Names = std::span<const std::string>;

/// Columns between a parent and his children: a stub, where lines branch, a stub.
constexpr std::ptrdiff_t level_gap = 3;
/// Up to so many rows, leaves stand in every other row, where it is easier on the eye.
constexpr std::size_t airy_rows_max = 17;

std::ptrdiff_t width_of(const std::string& name) {
    return static_cast<std::ptrdiff_t>(display_width(name));
}

std::size_t count_leaves(const SpanningTree& tree, NodeIndex node) {
    if (tree.children[node].empty()) return 1;
    std::size_t leaves = 0;
    for (const NodeIndex child : tree.children[node]) leaves += count_leaves(tree, child);
    return leaves;
}

/// Some subtrees of the root that grow to the same side. Columns are counted away from the root,
/// from 0 next to it, so that one description serves both sides.
class Side {
public:
    Side(const SpanningTree& tree, Names names, std::vector<NodeIndex> children,
         std::size_t row_step)
        : tree_(tree),
          names_(names),
          children_(std::move(children)),
          row_step_(row_step),
          rows_(names.size()),
          widths_{0} {
        for (const NodeIndex child : children_) place(child, 1);
    }

    /// The row that suits the root: in the middle of its children.
    [[nodiscard]] std::size_t root_row() const {
        return children_.empty() ? 0 : (rows_[children_.front()] + rows_[children_.back()]) / 2;
    }

    [[nodiscard]] std::ptrdiff_t width() const { return near_edge(widths_.size()) - level_gap; }

    /// Column 0 is drawn at `base`, and the columns after it in the direction of `step`, 1 or -1;
    /// the root in row `root`.
    void draw(LineCanvas& canvas, std::ptrdiff_t base, std::ptrdiff_t step, std::size_t root) {
        canvas_ = &canvas;
        base_ = base;
        step_ = step;
        row_shift_ = root - root_row();
        draw_children(children_, root, -1, 1);
    }

private:
    std::size_t place(NodeIndex node, std::size_t distance) {
        if (widths_.size() <= distance) widths_.push_back(0);
        widths_[distance] = std::max(widths_[distance], width_of(names_[node]));
        const auto& children = tree_.children[node];
        if (children.empty()) {
            rows_[node] = next_row_;
            next_row_ += row_step_;
            return rows_[node];
        }
        for (const NodeIndex child : children) place(child, distance + 1);
        return rows_[node] = (rows_[children.front()] + rows_[children.back()]) / 2;
    }

    /// Where names at this distance begin, as seen from the root.
    [[nodiscard]] std::ptrdiff_t near_edge(std::size_t distance) const {
        std::ptrdiff_t column = level_gap;
        for (std::size_t i = 1; i < distance; ++i) column += widths_[i] + level_gap;
        return column;
    }

    [[nodiscard]] std::size_t column(std::ptrdiff_t away_from_root) const {
        return static_cast<std::size_t>(base_ + step_ * away_from_root);
    }

    void draw_children(const std::vector<NodeIndex>& children, std::size_t parent_row,
                       std::ptrdiff_t parent_edge, std::size_t distance) {
        if (children.empty()) return;
        const std::ptrdiff_t edge = near_edge(distance);
        const std::ptrdiff_t trunk = edge - 2;
        canvas_->horizontal(parent_row, column(parent_edge), column(trunk));
        for (const NodeIndex child : children) {
            const std::size_t row = rows_[child] + row_shift_;
            const std::ptrdiff_t far_edge = edge + width_of(names_[child]) - 1;
            canvas_->vertical(column(trunk), parent_row, row);
            canvas_->horizontal(row, column(trunk), column(edge));
            canvas_->label(row, std::min(column(edge), column(far_edge)), names_[child], child);
            draw_children(tree_.children[child], row, far_edge, distance + 1);
        }
    }

    const SpanningTree& tree_;
    Names names_;
    std::vector<NodeIndex> children_;  // of the root
    std::size_t row_step_;
    std::size_t next_row_ = 0;
    std::vector<std::size_t> rows_;       // by participant
    std::vector<std::ptrdiff_t> widths_;  // of the longest name, by distance from the root

    LineCanvas* canvas_ = nullptr;
    std::ptrdiff_t base_ = 0;
    std::ptrdiff_t step_ = 1;
    std::size_t row_shift_ = 0;
};

struct Split {
    std::vector<NodeIndex> left;
    std::vector<NodeIndex> right;
};

/// Shares the root's children out so that both sides get about as many leaves, the first child to
/// the left; a single child goes to the right, as we read.
Split split_children(const SpanningTree& tree) {
    auto children = tree.children[tree.root];
    if (children.size() < 2) return {{}, children};
    std::ranges::sort(children, [&](NodeIndex one, NodeIndex other) {
        return std::pair{count_leaves(tree, other), one} <
               std::pair{count_leaves(tree, one), other};
    });
    Split split;
    std::size_t left_leaves = 0;
    std::size_t right_leaves = 0;
    for (const NodeIndex child : children) {
        const bool to_left = left_leaves <= right_leaves;
        (to_left ? split.left : split.right).push_back(child);
        (to_left ? left_leaves : right_leaves) += count_leaves(tree, child);
    }
    std::ranges::sort(split.left);
    std::ranges::sort(split.right);
    if (split.right.front() < split.left.front()) std::swap(split.left, split.right);
    return split;
}

std::size_t leaves_of(const SpanningTree& tree, const std::vector<NodeIndex>& nodes) {
    std::size_t leaves = 0;
    for (const NodeIndex node : nodes) leaves += count_leaves(tree, node);
    return leaves;
}

std::optional<LineCanvas> draw_sideways(const SpanningTree& tree, Names names, Split split,
                                        std::ptrdiff_t width_max) {
    const std::size_t leaves = std::max(leaves_of(tree, split.left), leaves_of(tree, split.right));
    const std::size_t row_step = leaves * 2 <= airy_rows_max + 1 ? 2 : 1;
    Side left{tree, names, std::move(split.left), row_step};
    Side right{tree, names, std::move(split.right), row_step};
    const std::ptrdiff_t root_width = width_of(names[tree.root]);
    if (left.width() + root_width + right.width() > width_max) return std::nullopt;
    LineCanvas canvas;
    const std::size_t root_row = std::max(left.root_row(), right.root_row());
    canvas.label(root_row, static_cast<std::size_t>(left.width()), names[tree.root], tree.root);
    left.draw(canvas, left.width() - 1, -1, root_row);
    right.draw(canvas, left.width() + root_width, 1, root_row);
    return canvas;
}

/// One participant a row, his children below him and to the right.
class Downwards {
public:
    Downwards(const SpanningTree& tree, Names names) : tree_(tree), names_(names) {
        place(tree.root, 0);
    }

    [[nodiscard]] std::ptrdiff_t width() const { return width_; }

    LineCanvas take() { return std::move(canvas_); }

private:
    void place(NodeIndex node, std::size_t column) {
        const std::size_t row = next_row_++;
        canvas_.label(row, column, names_[node], node);
        width_ = std::max(width_, static_cast<std::ptrdiff_t>(column) + width_of(names_[node]));
        for (const NodeIndex child : tree_.children[node]) {
            canvas_.vertical(column + 1, row, next_row_);
            canvas_.horizontal(next_row_, column + 1, column + level_gap);
            place(child, column + level_gap);
        }
    }

    const SpanningTree& tree_;
    Names names_;
    LineCanvas canvas_;
    std::size_t next_row_ = 0;
    std::ptrdiff_t width_ = 0;
};

std::optional<LineCanvas> draw_downwards(const SpanningTree& tree, Names names,
                                         std::ptrdiff_t width_max) {
    Downwards drawing{tree, names};
    if (drawing.width() > width_max) return std::nullopt;
    return drawing.take();
}

}  // namespace

std::optional<LineCanvas> draw_tree(const SpanningTree& tree, Names names, TreeShape shape,
                                    std::size_t width_max) {
    const auto columns = static_cast<std::ptrdiff_t>(width_max);
    switch (shape) {
        case TreeShape::both_sides:
            return draw_sideways(tree, names, split_children(tree), columns);
        case TreeShape::one_side:
            return draw_sideways(tree, names, {{}, tree.children[tree.root]}, columns);
        case TreeShape::downwards:
            return draw_downwards(tree, names, columns);
    }
    return std::nullopt;
}

}  // namespace bezant::report
