// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/topology_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace bezant::sim {
namespace {

using testing::HasSubstr;

std::string graphml(const std::string& content) {
    return "<graphml><graph edgedefault='undirected'>" + content + "</graph></graphml>";
}

TEST(TopologyText, TellsTheFormatsApart) {
    const std::string xml = graphml("<node id='0'/><node id='1'/><edge source='0' target='1'/>");
    const Topology pair{Graph{2, {{0, 1}}}, {}, {}};
    for (const std::string& text : {std::string{"0 1\n"}, std::string{"# < >\n\n0 1"}, xml,
                                    "\xef\xbb\xbf" + xml, "\n" + xml}) {
        const auto topology = topology_from_text(text);
        ASSERT_TRUE(topology) << text << ": " << topology.error().message;
        EXPECT_EQ(*topology, pair);
    }
    EXPECT_EQ(topology_from_text("").error().fault, TopologyFault::no_edges);
    EXPECT_EQ(topology_from_text(" \n").error().fault, TopologyFault::no_edges);
}

TEST(TopologyText, RefusesWhatIsNotConnectedAndNamesTheParts) {
    EXPECT_THAT(topology_from_text("0 1\n2 3\n").error().message,
                HasSubstr("in 2 parts that cannot hear of each other: 2 participants (0, 1); 2 "
                          "participants (2, 3)"));
    EXPECT_THAT(topology_from_text(graphml("<node id='ann'/><node id='ben'/>")).error().message,
                HasSubstr("1 participant (ann); 1 participant (ben)"));
    EXPECT_EQ(topology_from_text(graphml("")).error().fault, TopologyFault::disconnected);
}

}  // namespace
}  // namespace bezant::sim
