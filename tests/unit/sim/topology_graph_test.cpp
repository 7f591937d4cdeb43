// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "sim/topology/connectivity.hpp"
#include "sim/topology/graph_distance.hpp"

namespace bezant::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Any graph, connected or not, of up to 12 participants.
Graph any_graph(Random& random) {
    const auto count = static_cast<std::uint32_t>(1 + random.below(12));
    std::vector<Edge> edges;
    const std::uint64_t density = random.below(11);
    for (NodeIndex high = 0; high < count; ++high) {
        for (NodeIndex low = 0; low < high; ++low) {
            if (random.chance(density, 20)) edges.push_back({low, high});
        }
    }
    random.shuffle(edges);
    return Graph{count, std::move(edges)};
}

/// All distances, the slow and obvious way (Floyd and Warshall).
std::vector<std::vector<std::uint32_t>> all_distances(const Graph& graph) {
    const std::uint32_t n = graph.node_count();
    std::vector distances(n, std::vector<std::uint32_t>(n, unreachable));
    for (std::uint32_t i = 0; i < n; ++i) distances[i][i] = 0;
    for (const Edge& edge : graph.edges()) {
        distances[edge.low][edge.high] = distances[edge.high][edge.low] = 1;
    }
    for (std::uint32_t k = 0; k < n; ++k) {
        for (std::uint32_t i = 0; i < n; ++i) {
            for (std::uint32_t j = 0; j < n; ++j) {
                if (distances[i][k] == unreachable || distances[k][j] == unreachable) continue;
                distances[i][j] = std::min(distances[i][j], distances[i][k] + distances[k][j]);
            }
        }
    }
    return distances;
}

TEST(Graph, SortsEdgesAndKeepsTheirTraits) {
    const LinkTraits slow{milliseconds(90), std::nullopt};
    const Graph graph{3, {{1, 2}, {0, 1}}, {slow, {}}};
    EXPECT_THAT(graph.edges(), ElementsAre(Edge{0, 1}, Edge{1, 2}));
    EXPECT_EQ(graph.traits(0), LinkTraits{});
    EXPECT_EQ(graph.traits(1), slow);
    EXPECT_TRUE(graph.has_traits());
    EXPECT_FALSE((Graph{3, {{1, 2}, {0, 1}}}.has_traits()));
}

TEST(Graph, ListsNeighboursInAscendingOrder) {
    const Graph graph{5, {{2, 4}, {0, 2}, {2, 3}, {1, 2}}};
    EXPECT_THAT(graph.neighbours(2), ElementsAre(0, 1, 3, 4));
    EXPECT_THAT(graph.neighbours(4), ElementsAre(2));
    EXPECT_EQ(graph.degree(2), 4U);
}

TEST(Graph, FindsItsEdgesAndNoOthers) {
    const Graph graph{4, {{0, 1}, {1, 3}}};
    EXPECT_EQ(graph.find({1, 3}), 1U);
    EXPECT_EQ(graph.find({0, 3}), std::nullopt);
    EXPECT_TRUE(graph.has_edge(3, 1));
    EXPECT_FALSE(graph.has_edge(2, 3));
}

TEST(GraphDeathTest, RefusesWhatIsNotASimpleGraph) {
    EXPECT_DEATH((Graph{2, {{0, 1}, {0, 1}}}), "an edge is given once");
    EXPECT_DEATH((Graph{2, {{1, 1}}}), "an edge joins two participants");
    EXPECT_DEATH((Graph{2, {{0, 2}}}), "an edge joins participants of the graph");
    EXPECT_DEATH((Graph{2, {{0, 1}}, {{}, {}}}), "every edge has traits or none has");
}

TEST(GraphDistance, AgreesWithTheSlowWay) {
    Random random{5};
    for (int round = 0; round < 300; ++round) {
        const Graph graph = any_graph(random);
        const auto expected = all_distances(graph);
        std::uint32_t widest = 0;
        std::vector<std::uint32_t> farthest;
        for (NodeIndex node = 0; node < graph.node_count(); ++node) {
            ASSERT_EQ(hop_distances(graph, node), expected[node]);
            farthest.push_back(std::ranges::max(expected[node]));
            widest = std::max(widest, farthest.back());
        }
        if (widest == unreachable) {
            ASSERT_EQ(diameter(graph), std::nullopt);
            ASSERT_EQ(diameter_at_least(graph), std::nullopt);
            ASSERT_EQ(center(graph), std::nullopt);
            continue;
        }
        ASSERT_EQ(diameter(graph), widest);
        ASSERT_LE(diameter_at_least(graph), widest);
        ASSERT_GE(2 * *diameter_at_least(graph), widest);
        const auto nearest = std::ranges::min_element(farthest);
        ASSERT_EQ(center(graph), nearest - farthest.begin());
    }
}

TEST(GraphDistance, DoubleSweepIsExactForATree) {
    Random random{6};
    for (int round = 0; round < 100; ++round) {
        std::vector<Edge> edges;
        const auto count = static_cast<NodeIndex>(1 + random.below(40));
        for (NodeIndex node = 1; node < count; ++node) {
            edges.push_back({static_cast<NodeIndex>(random.below(node)), node});
        }
        const Graph tree{count, std::move(edges)};
        ASSERT_EQ(diameter_at_least(tree), diameter(tree));
    }
}

TEST(Connectivity, PartsAreWhoCanReachEachOther) {
    Random random{7};
    for (int round = 0; round < 300; ++round) {
        const Graph graph = any_graph(random);
        const auto distances = all_distances(graph);
        std::vector<std::size_t> part_of(graph.node_count(), SIZE_MAX);
        const auto parts = components(graph);
        for (std::size_t part = 0; part < parts.size(); ++part) {
            ASSERT_TRUE(std::ranges::is_sorted(parts[part]));
            for (const NodeIndex node : parts[part]) {
                ASSERT_EQ(part_of[node], SIZE_MAX);
                part_of[node] = part;
            }
        }
        for (NodeIndex i = 0; i < graph.node_count(); ++i) {
            for (NodeIndex j = 0; j < graph.node_count(); ++j) {
                ASSERT_EQ(part_of[i] == part_of[j], distances[i][j] != unreachable);
            }
        }
        ASSERT_EQ(check_connected(graph).has_value(), parts.size() == 1);
    }
}

TEST(Connectivity, NamesThePartsLargestFirst) {
    const Graph graph{10, {{1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 7}, {0, 8}}};
    const auto checked = check_connected(graph);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().fault, TopologyFault::disconnected);
    EXPECT_EQ(checked.error().message,
              "the network is in 3 parts that cannot hear of each other: "
              "7 participants (1, 2, 3, 4, 5, 6, ...); 2 participants (0, 8); 1 participant (9); "
              "add links between the parts");
}

TEST(Connectivity, NamesPartsByLabelAndOnlySomeOfMany) {
    const std::vector<std::string> labels{"ann", "ben", "cy"};
    EXPECT_THAT(check_connected(Graph{3, {{0, 1}}}, labels).error().message,
                HasSubstr("2 participants (ann, ben); 1 participant (cy); add"));
    EXPECT_THAT(check_connected(Graph{8, {}}).error().message,
                HasSubstr("in 8 parts that cannot hear of each other: 1 participant (0); 1 "
                          "participant (1); 1 participant (2); 1 participant (3); 1 participant "
                          "(4); and 3 more parts; add"));
}

TEST(Connectivity, RefusesNobody) {
    EXPECT_EQ(check_connected(Graph{}).error().fault, TopologyFault::disconnected);
    EXPECT_TRUE(check_connected(Graph{1, {}}));
}

}  // namespace
}  // namespace bezant::sim
