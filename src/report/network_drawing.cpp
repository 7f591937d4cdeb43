// SPDX-License-Identifier: Apache-2.0
#include "report/network_drawing.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "report/chain_drawing.hpp"
#include "report/network_summary.hpp"
#include "report/spanning_tree.hpp"
#include "report/tree_drawing.hpp"
#include "sim/topology/graph_distance.hpp"
#include "sim/topology/topology.hpp"

namespace bezant::report {

namespace {

using sim::Graph;
using sim::NodeIndex;
using Labels = std::span<const std::string>;

/// With more links than this besides the tree's, a list of them tells nobody anything.
constexpr std::size_t listed_per_participant_max = 2;

/// Participants as they stand in a drawing: "(3)".
std::vector<std::string> names_of(const Graph& graph, Labels labels) {
    std::vector<std::string> names;
    for (NodeIndex node = 0; node < graph.node_count(); ++node) {
        names.push_back('(' + sim::label_of(labels, node) + ')');
    }
    return names;
}

std::optional<LineCanvas> draw_spanning_tree(const SpanningTree& tree,
                                             const std::vector<std::string>& names,
                                             std::size_t columns) {
    for (const TreeShape shape :
         {TreeShape::both_sides, TreeShape::one_side, TreeShape::downwards}) {
        if (auto drawing = draw_tree(tree, names, shape, columns)) return drawing;
    }
    return std::nullopt;
}

/// "also linked: 3–7, 4–9", in lines no wider than the page.
std::string list_links(const std::vector<sim::Edge>& links, Labels labels, const TextStyle& style) {
    if (links.empty()) return "";
    std::string text = "also linked:";
    std::size_t column = text.size();
    for (std::size_t i = 0; i < links.size(); ++i) {
        const std::string link = sim::label_of(labels, links[i].low) + (style.unicode ? "–" : "-") +
                                 sim::label_of(labels, links[i].high) +
                                 (i + 1 < links.size() ? "," : "");
        const std::size_t width = display_width(link);
        const bool wrap = column + 1 + width > style.columns;
        text += (wrap ? "\n  " : " ") + link;
        column = (wrap ? 2 : column + 1) + width;
    }
    return text + "\n";
}

/// The drawing, or nothing if the network is better told in figures.
std::optional<std::string> draw_small(const Graph& graph, Labels labels, const TextStyle& style,
                                      const LineCanvas::Style& paint) {
    const auto names = names_of(graph, labels);
    if (const auto line = draw_line(graph, names, style.columns)) {
        return line->text(style.unicode, paint);
    }
    if (const auto ring = draw_ring(graph, names, style.columns)) {
        return ring->text(style.unicode, paint);
    }
    const auto root = center(graph);
    if (!root) return std::nullopt;
    const SpanningTree tree = spanning_tree(graph, *root);
    if (tree.other_links.size() > listed_per_participant_max * graph.node_count()) {
        return std::nullopt;
    }
    const auto drawing = draw_spanning_tree(tree, names, style.columns);
    if (!drawing) return std::nullopt;
    return drawing->text(style.unicode, paint) + list_links(tree.other_links, labels, style);
}

}  // namespace

std::string draw_network(const Graph& graph, Labels labels, const TextStyle& style,
                         const LabelPaint& paint) {
    if (graph.node_count() > drawn_participants_max) return network_summary(graph, style);
    const auto paint_label = [&](std::size_t number, std::string_view text) {
        return paint ? paint(static_cast<NodeIndex>(number), text)
                     : toned(style, Tone::strong, text);
    };
    auto drawing = draw_small(graph, labels, style, paint_label);
    return drawing ? *std::move(drawing) : network_summary(graph, style);
}

}  // namespace bezant::report
