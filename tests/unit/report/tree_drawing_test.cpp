// SPDX-License-Identifier: Apache-2.0
// Drawings are read back: whoever lines join in the text must be linked in the network.
#include "report/tree_drawing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "report/chain_drawing.hpp"
#include "sim/topology/generators.hpp"
#include "sim/topology/graph_distance.hpp"

namespace bezant::report {
namespace {

using sim::Edge;
using sim::Graph;
using sim::NodeIndex;

using Cell = std::pair<int, int>;  // row, column

/// Which ways lines leave a box character: up, right, down, left.
const std::map<std::string, std::vector<Cell>>& arms() {
    static const Cell up{-1, 0};
    static const Cell right{0, 1};
    static const Cell down{1, 0};
    static const Cell left{0, -1};
    static const std::map<std::string, std::vector<Cell>> table = {{"─", {left, right}},
                                                                   {"│", {up, down}},
                                                                   {"╭", {right, down}},
                                                                   {"╮", {left, down}},
                                                                   {"╰", {up, right}},
                                                                   {"╯", {up, left}},
                                                                   {"├", {up, right, down}},
                                                                   {"┤", {up, down, left}},
                                                                   {"┬", {right, down, left}},
                                                                   {"┴", {up, right, left}},
                                                                   {"┼", {up, right, down, left}}};
    return table;
}

/// A drawing taken apart into line cells and cells of labels.
class Reader {
public:
    explicit Reader(const std::string& text) {
        int row = 0;
        int column = 0;
        int label = -1;  // the number that is being read
        std::vector<Cell> label_cells;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t size = 1;
            while (at + size < text.size() && (text[at + size] & 0xc0) == 0x80) ++size;
            const std::string letter = text.substr(at, size);
            at += size;
            const Cell cell{row, column++};
            if (letter == "\n") {
                width_ = std::max(width_, column - 1);
                ++row;
                column = 0;
            } else if (letter == "(") {
                label = 0;
                label_cells = {cell};
            } else if (label >= 0) {
                label_cells.push_back(cell);
                if (letter != ")") {
                    label = label * 10 + std::stoi(letter);
                    continue;
                }
                for (const Cell& part : label_cells) labels_[part] = static_cast<NodeIndex>(label);
                EXPECT_TRUE(seen_.insert(static_cast<NodeIndex>(label)).second) << "named twice";
                label = -1;
            } else if (letter != " ") {
                lines_[cell] = letter;
            }
        }
    }

    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] std::size_t label_count() const { return seen_.size(); }

    /// Links between those who stand directly on top of each other at the sides of a frame, where
    /// labels cover all of the line between them.
    std::set<Edge> stacked() const {
        std::set<Edge> links;
        for (const auto& [corner, letter] : lines_) {
            if (corner.first != 0 || (letter != "╭" && letter != "╮")) continue;
            for (const auto& [cell, label] : labels_) {
                const auto below = labels_.find({cell.first + 1, cell.second});
                if (cell.second != corner.second || below == labels_.end()) continue;
                links.insert(sim::edge_of(label, below->second));
            }
        }
        return links;
    }

    /// For each connected piece of lines, the labels that it touches.
    std::vector<std::set<NodeIndex>> groups() {
        std::vector<std::set<NodeIndex>> result;
        while (!lines_.empty()) {
            std::set<NodeIndex> group;
            std::set<Cell> piece;
            std::vector<Cell> open{lines_.begin()->first};
            while (!open.empty()) {
                const Cell cell = open.back();
                open.pop_back();
                if (piece.insert(cell).second) follow(cell, group, open);
            }
            for (const Cell& cell : piece) lines_.erase(cell);
            result.push_back(group);
        }
        return result;
    }

private:
    void follow(const Cell& cell, std::set<NodeIndex>& group, std::vector<Cell>& open) {
        for (const auto& [down, right] : arms().at(lines_.at(cell))) {
            const Cell next{cell.first + down, cell.second + right};
            if (const auto label = labels_.find(next); label != labels_.end()) {
                group.insert(label->second);
                continue;
            }
            const auto line = lines_.find(next);
            ASSERT_NE(line, lines_.end()) << "a line ends nowhere";
            const auto& back = arms().at(line->second);
            ASSERT_NE(std::ranges::find(back, Cell{-down, -right}), back.end()) << "a line is cut";
            open.push_back(next);
        }
    }

    std::map<Cell, std::string> lines_;
    std::map<Cell, NodeIndex> labels_;
    std::set<NodeIndex> seen_;
    int width_ = 0;
};

/// The links that a drawing of `graph` shows. Lines that join more than two join one of them with
/// all others.
std::set<Edge> links_shown(Reader& reader, const Graph& graph) {
    std::set<Edge> links;
    for (const auto& group : reader.groups()) {
        const auto hub = std::ranges::find_if(group, [&](NodeIndex one) {
            return std::ranges::all_of(
                group, [&](NodeIndex other) { return one == other || graph.has_edge(one, other); });
        });
        EXPECT_NE(hub, group.end()) << "lines join those who are not linked";
        if (hub == group.end()) continue;
        for (const NodeIndex other : group) {
            if (other != *hub) {
                EXPECT_TRUE(links.insert(sim::edge_of(*hub, other)).second) << "shown twice";
            }
        }
    }
    return links;
}

std::vector<std::string> numbers_in_parentheses(std::uint32_t count, Random& random) {
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::string zeros(random.below(4), '0');  // so that widths differ
        names.push_back("(" + zeros + std::to_string(i) + ")");
    }
    return names;
}

Graph random_tree(Random& random) {
    const auto count = static_cast<std::uint32_t>(1 + random.below(40));
    const std::uint64_t reach = 1 + random.below(count);  // small: long; large: bushy
    std::vector<Edge> edges;
    for (NodeIndex node = 1; node < count; ++node) {
        const auto back = 1 + random.below(std::min<std::uint64_t>(reach, node));
        edges.push_back({static_cast<NodeIndex>(node - back), node});
    }
    return Graph{count, std::move(edges)};
}

std::set<Edge> links_of(const Graph& graph) { return {graph.edges().begin(), graph.edges().end()}; }

TEST(TreeDrawing, ShowsExactlyTheLinksOfTheTree) {
    Random random{1};
    for (int round = 0; round < 300; ++round) {
        const Graph graph = random_tree(random);
        const auto names = numbers_in_parentheses(graph.node_count(), random);
        const SpanningTree tree = spanning_tree(graph, *center(graph));
        ASSERT_TRUE(tree.other_links.empty());
        for (const TreeShape shape :
             {TreeShape::both_sides, TreeShape::one_side, TreeShape::downwards}) {
            const auto drawing = draw_tree(tree, names, shape, 10'000);
            ASSERT_TRUE(drawing);
            const std::string text = drawing->text(true, {});
            Reader reader{text};
            ASSERT_EQ(reader.label_count(), graph.node_count());
            ASSERT_EQ(links_shown(reader, graph), links_of(graph)) << text;
            // The width is told exactly.
            const auto width = static_cast<std::size_t>(reader.width());
            ASSERT_TRUE(draw_tree(tree, names, shape, width)) << text;
            ASSERT_FALSE(draw_tree(tree, names, shape, width - 1)) << text;
        }
    }
}

TEST(TreeDrawing, BothSidesAreNeverWiderThanNeeded) {
    Random random{2};
    for (int round = 0; round < 100; ++round) {
        const Graph graph = random_tree(random);
        const std::vector<std::string> names(graph.node_count(), "(0)");
        const SpanningTree tree = spanning_tree(graph, *center(graph));
        // Six columns for each but the root on a longest path.
        const std::size_t width = 3 + 6 * *diameter(graph);
        ASSERT_TRUE(draw_tree(tree, names, TreeShape::both_sides, width));
    }
}

TEST(SpanningTree, LeadsToEveryoneByAShortestPath) {
    Random random{3};
    for (int round = 0; round < 200; ++round) {
        const auto count = static_cast<std::uint32_t>(6 + random.below(30));
        const Graph graph =
            *erdos_renyi(count, sim::Probability{sim::Probability::one / 2}, random);
        const auto root = static_cast<NodeIndex>(random.below(count));
        const SpanningTree tree = spanning_tree(graph, root);
        std::vector<Edge> edges = tree.other_links;
        std::vector<Edge> tree_edges;
        for (NodeIndex node = 0; node < count; ++node) {
            for (const NodeIndex child : tree.children[node]) {
                tree_edges.push_back(sim::edge_of(node, child));
            }
        }
        edges.insert(edges.end(), tree_edges.begin(), tree_edges.end());
        ASSERT_EQ((Graph{count, edges}), graph);
        ASSERT_EQ(hop_distances(Graph{count, tree_edges}, root), hop_distances(graph, root));
    }
}

TEST(ChainDrawing, ShowsExactlyTheLinksOfLinesAndRings) {
    Random random{4};
    for (std::uint32_t count = 3; count <= 40; ++count) {
        const auto names = numbers_in_parentheses(count, random);
        for (std::size_t columns = 20; columns <= 90; ++columns) {
            for (const bool closed : {false, true}) {
                const Graph graph = closed ? *sim::ring(count) : *sim::line(count);
                const auto drawing =
                    closed ? draw_ring(graph, names, columns) : draw_line(graph, names, columns);
                if (!drawing) continue;
                const std::string text = drawing->text(true, {});
                Reader reader{text};
                ASSERT_LE(static_cast<std::size_t>(reader.width()), columns) << text;
                ASSERT_EQ(reader.label_count(), count);
                auto links = closed ? reader.stacked() : std::set<Edge>{};
                links.merge(links_shown(reader, graph));
                ASSERT_EQ(links, links_of(graph)) << text;
            }
        }
        ASSERT_TRUE(draw_ring(*sim::ring(count), names, 40));
        ASSERT_TRUE(draw_line(*sim::line(count), names, 40));
    }
}

TEST(ChainDrawing, DrawsNothingElse) {
    const std::vector<std::string> names(6, "(0)");
    for (const Graph& graph :
         {*sim::tree(6, 2), *sim::complete(6), *sim::star(6),
          Graph{6, {{0, 1}, {2, 3}, {3, 4}, {4, 5}, {2, 5}}},
          Graph{6, {{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {3, 5}}}, Graph{6, {}}}) {
        EXPECT_FALSE(draw_line(graph, names, 80));
        EXPECT_FALSE(draw_ring(graph, names, 80));
    }
    EXPECT_FALSE(draw_line(*sim::line(6), names, 11));  // two in a row need 12
    EXPECT_TRUE(draw_line(*sim::line(6), names, 12));
    EXPECT_FALSE(draw_ring(Graph{}, {}, 80));
}

}  // namespace
}  // namespace bezant::report
