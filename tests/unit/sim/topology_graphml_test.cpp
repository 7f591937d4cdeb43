// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/graphml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "sim/topology/edge_list.hpp"

namespace bezant::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Refusal {
    std::string text;
    TopologyFault fault;
    std::size_t line;
    std::string says;
};

/// What NetworkX 3 writes around keys and a graph's content; the content begins on line 5.
std::string graphml(const std::string& content, const std::string& keys = "") {
    return "<?xml version='1.0' encoding='utf-8'?>\n"
           "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\""
           "http://graphml.graphdrawing.org/xmlns "
           "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n" +
           keys + "\n<graph edgedefault=\"undirected\">\n" + content + "\n</graph></graphml>";
}

std::string node(const std::string& id) { return "<node id=\"" + id + "\" />"; }

std::string edge(const std::string& from, const std::string& to, const std::string& data = "") {
    return "<edge source=\"" + from + "\" target=\"" + to + "\">" + data + "</edge>";
}

TEST(Graphml, ReadsWhatNetworkxWrites) {
    const auto topology = topology_from_graphml(
        graphml(R"(
    <node id="alice" />
    <node id="bob"><data key="d3">tall</data></node>
    <node id="carol &amp; co" />
    <edge source="bob" target="alice">
      <data key="d0">12.5</data>
    </edge>
    <edge source="bob" target="carol &amp; co">
      <data key="d1">3</data>
      <data key="d2">1e6</data>
    </edge>)",
                R"(<key id="d3" for="node" attr.name="bandwidth_bps"><default>9</default></key>
  <key id="d2" for="edge" attr.name="bandwidth_bps" attr.type="double" />
  <key id="d1" for="edge" attr.name="latency_ms" attr.type="long" />
  <key id="d0" for="edge" attr.name="latency_ms" attr.type="double" />)"));
    ASSERT_TRUE(topology) << topology.error().message;
    EXPECT_THAT(topology->labels, ElementsAre("alice", "bob", "carol & co"));
    EXPECT_THAT(topology->graph.edges(), ElementsAre(Edge{0, 1}, Edge{1, 2}));
    EXPECT_EQ(topology->graph.traits(0), (LinkTraits{microseconds(12'500), std::nullopt}));
    EXPECT_EQ(topology->graph.traits(1), (LinkTraits{milliseconds(3), both_ways(1'000'000)}));
}

TEST(Graphml, NumbersParticipantsInOrderOfAppearance) {
    const auto topology =
        topology_from_graphml(graphml(edge("z", "m") + node("a") + node("m") + node("z")));
    ASSERT_TRUE(topology) << topology.error().message;
    EXPECT_THAT(topology->labels, ElementsAre("z", "m", "a"));
}

TEST(Graphml, ReadsTheSameNetworkAsTheEdgeListOfTheSameNumbers) {
    const auto from_xml = topology_from_graphml(
        graphml(node("2") + node("0") + node("1") + edge("2", "0") + edge("0", "1")));
    const auto from_list = topology_from_edge_list("0 2\n0 1\n");
    ASSERT_TRUE(from_xml && from_list);
    EXPECT_EQ(*from_xml, *from_list);
}

TEST(Graphml, KeepsNumbersAsLabelsWhereTheyAreNotJustTheFirst) {
    for (const char* other : {"2", "01", "-1", "1 "}) {
        const auto topology =
            topology_from_graphml(graphml(node("0") + node(other) + edge("0", other)));
        ASSERT_TRUE(topology) << topology.error().message;
        EXPECT_THAT(topology->labels, ElementsAre("0", other));
    }
}

TEST(Graphml, LatencyCountsBeforeWeightAndWhatIsSaidBeforeDefaults) {
    const std::string latency_key =
        R"(<key id="l" for="edge" attr.name="latency_ms"><default> 5 </default></key>)";
    const std::string weight_key = R"(<key id="w" attr.name="weight"><default>7</default></key>)";
    const auto latency_of = [](const std::string& keys, const std::string& data) {
        const auto topology =
            topology_from_graphml(graphml(node("0") + node("1") + edge("0", "1", data), keys));
        EXPECT_TRUE(topology) << topology.error().message;
        return topology->graph.traits(0).latency;
    };
    const std::string weight = R"(<data key="w">2</data>)";
    const std::string latency = R"(<data key="l">3</data>)";
    EXPECT_EQ(latency_of(weight_key, weight), milliseconds(2));
    EXPECT_EQ(latency_of(weight_key, ""), milliseconds(7));
    EXPECT_EQ(latency_of(latency_key + weight_key, weight + latency), milliseconds(3));
    EXPECT_EQ(latency_of(latency_key + weight_key, weight), milliseconds(5));
    EXPECT_EQ(latency_of("", ""), std::nullopt);
}

TEST(Graphml, EachEdgeSaysOnlyItsOwn) {
    const auto topology = topology_from_graphml(
        graphml(node("0") + node("1") + node("2") + edge("0", "1", R"(<data key="l">3</data>)") +
                    edge("1", "2"),
                R"(<key id="l" for="edge" attr.name="latency_ms" />)"));
    ASSERT_TRUE(topology) << topology.error().message;
    EXPECT_EQ(topology->graph.traits(1), LinkTraits{});
}

TEST(Graphml, SkipsWhatOtherProgramsKeepForThemselves) {
    const auto topology = topology_from_graphml(graphml(
        R"(<data key="x"><y:Shape xmlns:y="urn:y"><node/><port/></y:Shape></data><desc>d</desc>
           <node id="0"><desc/><data key="?"><graph/></data></node><node id="1"/>)" +
        edge("0", "1", "<desc>words</desc>")));
    ASSERT_TRUE(topology) << topology.error().message;
    EXPECT_EQ(topology->graph.node_count(), 2U);
    EXPECT_THAT(topology->labels, IsEmpty());
}

TEST(Graphml, SaysWhatIsWrongWhereAndWhatToDo) {
    const std::string two = node("a") + node("b");
    const std::string latency_key = R"(<key id="l" for="edge" attr.name="latency_ms" />)";
    const std::vector<Refusal> refusals = {
        {"", TopologyFault::malformed, 1, "no element found"},
        {"0 1\n", TopologyFault::malformed, 1, "not well-formed"},
        {"<graphml>\n<graph\n", TopologyFault::malformed, 2, "not well-formed"},
        {"<svg/>", TopologyFault::malformed, 1, "'svg', not a 'graphml'"},
        {"<graphml/>", TopologyFault::no_edges, 0, "no graph"},
        {"<graphml>\n<graph/></graphml>", TopologyFault::malformed, 2, "edgedefault"},
        {"<graphml>\n\n<graph edgedefault='directed'/></graphml>", TopologyFault::unsupported, 3,
         "to_undirected"},
        {"<graphml><graph edgedefault='undirected'/>\n<graph edgedefault='undirected'/></graphml>",
         TopologyFault::unsupported, 2, "a second graph"},
        {"<!DOCTYPE g [<!ENTITY a 'x'>]>\n<graphml/>", TopologyFault::unsupported, 1, "DOCTYPE"},
        {graphml("&nbsp;"), TopologyFault::malformed, 5, "undefined entity"},
        {graphml(node("a") + "\n" + node("a")), TopologyFault::duplicate_node, 6,
         "'a' was declared on line 5"},
        {graphml("<node/>"), TopologyFault::malformed, 5, "no id"},
        {graphml(node("")), TopologyFault::malformed, 5, "cannot be a label"},
        {graphml(node(std::string(65, 'x'))), TopologyFault::malformed, 5, "1 to 64 bytes"},
        {graphml(node("&#x9b;31m")), TopologyFault::malformed, 5, "'?31m' cannot be a label"},
        {graphml(two + "\n" + edge("a", "c")), TopologyFault::unknown_node, 6, "'c'"},
        {graphml(two + "\n" + edge("b", "b")), TopologyFault::self_loop, 6, "'b' is linked with"},
        {graphml(two + "\n" + edge("a", "b") + "\n" + edge("b", "a")),
         TopologyFault::duplicate_edge, 7, "'a' and 'b' was given on line 6"},
        {graphml(two + "<edge source='a'/>"), TopologyFault::malformed, 5, "source and a target"},
        {graphml(two + "<edge directed='true' source='a' target='b'/>"), TopologyFault::unsupported,
         5, "the edge is directed"},
        {graphml(two + "<edge source='a' target='b' sourceport='p'/>"), TopologyFault::unsupported,
         5, "ports"},
        {graphml("<hyperedge/>"), TopologyFault::unsupported, 5, "hyperedge"},
        {graphml("<node id='a'><port name='p'/></node>"), TopologyFault::unsupported, 5, "port"},
        {graphml("<node id='a'>\n<graph/></node>"), TopologyFault::unsupported, 6,
         "a graph inside"},
        {graphml("<nod id='a'/>"), TopologyFault::malformed, 5, "'nod' does not belong"},
        {graphml(two + edge("a", "b", "\n<data key='q'>1</data>")), TopologyFault::malformed, 6,
         "'q' is not declared"},
        {graphml(two + edge("a", "b", "<data>1</data>")), TopologyFault::malformed, 5, "no key"},
        {graphml("", "<key/>"), TopologyFault::malformed, 3, "no id"},
        {graphml("", "<key id='k'/><key id='k'/>"), TopologyFault::malformed, 3, "twice"},
        {graphml(two + edge("a", "b", "\n<data key='l'>fast</data>"), latency_key),
         TopologyFault::not_a_number, 6, "the latency 'fast'"},
        {graphml(two + edge("a", "b", "<data key='l'>-1</data>"), latency_key),
         TopologyFault::out_of_range, 5, "the latency '-1'"},
        {graphml(two + edge("a", "b"),
                 "<key id='b' attr.name='bandwidth_bps'><default>0</default>"
                 "</key>"),
         TopologyFault::out_of_range, 3, "the bandwidth '0'"},
    };
    for (const Refusal& refusal : refusals) {
        SCOPED_TRACE(refusal.text);
        const auto topology = topology_from_graphml(refusal.text);
        ASSERT_FALSE(topology);
        EXPECT_EQ(topology.error().fault, refusal.fault) << topology.error().message;
        EXPECT_EQ(topology.error().line, refusal.line) << topology.error().message;
        EXPECT_THAT(topology.error().message, HasSubstr(refusal.says));
    }
}

TEST(Graphml, EveryPrefixOfADocumentIsRefused) {
    const std::string whole = graphml(node("0") + node("1") + edge("0", "1"));
    ASSERT_TRUE(topology_from_graphml(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        ASSERT_FALSE(topology_from_graphml(whole.substr(0, size))) << size;
    }
}

TEST(Graphml, NestingCannotExhaustTheStack) {
    std::string deep = "<graphml>";
    for (int i = 0; i < 200'000; ++i) deep += "<desc>";
    EXPECT_FALSE(topology_from_graphml(deep));
}

}  // namespace
}  // namespace bezant::sim
