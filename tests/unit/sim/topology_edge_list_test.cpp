// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/edge_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "sim/topology/connectivity.hpp"
#include "sim/topology/graph_distance.hpp"

namespace bezant::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Refusal {
    std::string text;
    TopologyFault fault;
    std::size_t line;
    std::string says;
};

std::string data_file(const std::string& name) {
    const std::ifstream file{std::string{BEZANT_SOURCE_DIR} + "/data/" + name};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(EdgeList, ReadsTheTenParticipants) {
    const auto topology = topology_from_edge_list(data_file("ten_participants.edges"));
    ASSERT_TRUE(topology) << topology.error().message;
    const Graph& graph = topology->graph;
    EXPECT_EQ(graph.node_count(), 10U);
    EXPECT_THAT(graph.edges(),
                ElementsAre(Edge{0, 1}, Edge{0, 6}, Edge{0, 7}, Edge{1, 2}, Edge{2, 3}, Edge{3, 4},
                            Edge{3, 9}, Edge{4, 5}, Edge{4, 8}));
    EXPECT_TRUE(check_connected(graph));  // with one edge less than participants: a tree
    EXPECT_EQ(diameter(graph), 6U);       // 6-0-1-2-3-4-5
    EXPECT_EQ(center(graph), 2U);
    EXPECT_TRUE(topology->labels.empty());
}

TEST(EdgeList, SkipsCommentsAndBlanksAndTakesAnyLineEnd) {
    const auto topology =
        topology_from_edge_list("\xef\xbb\xbf# who\r\n\r\n  1\t0 \r\n# more\n2 1 # last\n\n1 3");
    ASSERT_TRUE(topology) << topology.error().message;
    EXPECT_THAT(topology->graph.edges(), ElementsAre(Edge{0, 1}, Edge{1, 2}, Edge{1, 3}));
    EXPECT_FALSE(topology->graph.has_traits());
}

TEST(EdgeList, ReadsLatencyAndBandwidth) {
    const auto topology =
        topology_from_edge_list("2 1 12.5 1000000\n0 1\n0 2 0.0014\n0 3 1.6e-3\n");
    ASSERT_TRUE(topology) << topology.error().message;
    EXPECT_EQ(topology->graph.traits(0), LinkTraits{});  // 0 1
    EXPECT_EQ(topology->graph.traits(1), (LinkTraits{microseconds(1), std::nullopt}));
    EXPECT_EQ(topology->graph.traits(2), (LinkTraits{microseconds(2), std::nullopt}));
    EXPECT_EQ(topology->graph.traits(3), (LinkTraits{microseconds(12'500), both_ways(1'000'000)}));
}

TEST(EdgeList, TakesTheLargestNumbersAndNoLarger) {
    EXPECT_TRUE(topology_from_edge_list("0 1 86400000 1000000000000000"));
    EXPECT_FALSE(topology_from_edge_list("0 1 86400001 1"));
    EXPECT_FALSE(topology_from_edge_list("0 1 1 1000000000000001"));
}

TEST(EdgeList, SaysWhatIsWrongWhereAndWhatToDo) {
    const std::vector<Refusal> refusals = {
        {"", TopologyFault::no_edges, 0, "no edge"},
        {"# only words\n\n", TopologyFault::no_edges, 0, "no edge"},
        {"0 1\n2\n", TopologyFault::malformed, 2, "'2' alone where an edge"},
        {"0 1 1 1 1\n", TopologyFault::malformed, 1, "5 fields where an edge"},
        {"0,1\n", TopologyFault::malformed, 1, "'0,1' alone where an edge"},
        {"0 1\n1 bob\n", TopologyFault::not_a_number, 2, "'bob' is not a participant"},
        {"0 1\n\n0x1 2\n", TopologyFault::not_a_number, 3, "'0x1' is not"},
        {"0 +1\n", TopologyFault::not_a_number, 1, "'+1' is not"},
        {"0 1.0\n", TopologyFault::not_a_number, 1, "'1.0' is not"},
        {"0 -\n", TopologyFault::not_a_number, 1, "'-' is not"},
        {"0 1\n-2 1\n", TopologyFault::out_of_range, 2, "'-2' is not a participant; number them"},
        {"0 1000000\n", TopologyFault::too_large, 1, "'1000000' is too large"},
        {"0 99999999999999999999\n", TopologyFault::too_large, 1, "is too large"},
        {"0 1\n# x\n1 1\n", TopologyFault::self_loop, 3, "participant 1 is linked with itself"},
        {"0 1\n1 2\n2 1\n1 0\n", TopologyFault::duplicate_edge, 3, "1 and 2 was given on line 2"},
        {"1 0\n0 1\n0 1\n", TopologyFault::duplicate_edge, 2, "0 and 1 was given on line 1"},
        {"0 1\n3 1\n1 0x\n", TopologyFault::not_a_number, 3, "'0x'"},
        {"0 1\n1 3\n0 3\n", TopologyFault::numbering_gap, 2,
         "a participant 3, but participant 2 has no link; give it a link or close"},
        {"1 2\n2 3\n", TopologyFault::numbering_gap, 2, "number participants from 0"},
        {"0 999999\n", TopologyFault::numbering_gap, 1, "participant 1 has no link"},
        {"0 1 -1\n", TopologyFault::out_of_range, 1, "the latency '-1' is not possible"},
        {"0 1 nan\n", TopologyFault::out_of_range, 1, "the latency 'nan' is not possible"},
        {"0 1 inf\n", TopologyFault::out_of_range, 1, "the latency 'inf' is not possible"},
        {"0 1 1e999\n", TopologyFault::not_a_number, 1, "the latency '1e999' is not a number"},
        {"0 1 fast\n", TopologyFault::not_a_number, 1, "the latency 'fast' is not a number"},
        {"0 1 1ms\n", TopologyFault::not_a_number, 1, "the latency '1ms' is not a number"},
        {"0 1 1 0\n", TopologyFault::out_of_range, 1, "the bandwidth '0' is not possible"},
        {"0 1 1 1.5\n", TopologyFault::out_of_range, 1, "the bandwidth '1.5' is not possible"},
        {"0 1 1 nan\n", TopologyFault::out_of_range, 1, "the bandwidth 'nan' is not possible"},
        {"0 1 1 big\n", TopologyFault::not_a_number, 1, "the bandwidth 'big' is not a number"},
    };
    for (const Refusal& refusal : refusals) {
        SCOPED_TRACE(refusal.text);
        const auto topology = topology_from_edge_list(refusal.text);
        ASSERT_FALSE(topology);
        EXPECT_EQ(topology.error().fault, refusal.fault) << topology.error().message;
        EXPECT_EQ(topology.error().line, refusal.line);
        EXPECT_THAT(topology.error().message, HasSubstr(refusal.says));
    }
}

TEST(EdgeList, ShowsForeignTextWithoutItsControlCharacters) {
    std::string text = "0 \x1b[31m\xc2\x9b";
    text.append(99, 'x');
    const auto topology = topology_from_edge_list(text);
    ASSERT_FALSE(topology);
    EXPECT_THAT(topology.error().message, HasSubstr("'?[31m?"));
    EXPECT_THAT(topology.error().message, HasSubstr("xxx...' is not"));
    EXPECT_LT(topology.error().message.size(), 150U);
}

TEST(EdgeList, ShowsForeignTextAsUtf8WhateverItIs) {
    const auto shown = [](const std::string& text) {
        return topology_from_edge_list("0 " + text + "\n").error().message;
    };
    EXPECT_THAT(shown("Köln→\U0001F600"), HasSubstr("'Köln→\U0001F600'"));
    EXPECT_THAT(shown("a\xcd"), HasSubstr("'a?'"));
    EXPECT_THAT(shown("\xff\xfe\x80z"), HasSubstr("'\?\?\?z'"));
    EXPECT_THAT(shown("\xe2\x82"), HasSubstr("'\?\?'"));
    EXPECT_THAT(shown("\xc0\xaf"), HasSubstr("'\?\?'"));
    EXPECT_THAT(shown("\xe0\x80\xaf"), HasSubstr("'\?\?\?'"));
    EXPECT_THAT(shown("\xed\xa0\x80"), HasSubstr("'\?\?\?'"));
}

TEST(EdgeList, DescribesAnErrorAsCompilersDo) {
    EXPECT_EQ(describe({TopologyFault::self_loop, 3, "a loop"}, "x.edges"), "x.edges:3: a loop");
    EXPECT_EQ(describe({TopologyFault::no_edges, 0, "empty"}, "x.edges"), "x.edges: empty");
}

}  // namespace
}  // namespace bezant::sim
