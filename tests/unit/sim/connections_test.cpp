// SPDX-License-Identifier: Apache-2.0
#include "sim/connections.hpp"

#include <gtest/gtest.h>

namespace bezant::sim {
namespace {

constexpr Time start{1'000'000};

/// 0 - 1 - 2, the second link with traits of its own.
Graph chain_of_three() {
    return Graph{
        3,
        {{0, 1}, {1, 2}},
        {{}, {.latency = milliseconds(7), .bandwidth = LinkBandwidth{1'000'000, 250'000}}}};
}

Connections connections_of(const Graph& graph) {
    return Connections{
        graph, {.latency_min = milliseconds(20), .latency_max = milliseconds(80)}, Random{5}};
}

TEST(Connections, DrawLatenciesOncePerLinkUnlessTheGraphGivesThem) {
    const Connections first = connections_of(chain_of_three());
    const Connections second = connections_of(chain_of_three());
    EXPECT_GE(first.latency(0), milliseconds(20));
    EXPECT_LE(first.latency(0), milliseconds(80));
    EXPECT_EQ(first.latency(0), second.latency(0));
    EXPECT_EQ(first.latency(1), milliseconds(7));
}

TEST(Connections, GiveEachEndNumbersThatAreNeverUsedAgain) {
    Connections connections = connections_of(chain_of_three());
    const auto [low, high] = connections.open(0);
    EXPECT_EQ(low.who, 0U);
    EXPECT_EQ(high.who, 1U);
    const auto [other_low, other_high] = connections.open(1);
    EXPECT_EQ(other_low.who, 1U);
    EXPECT_NE(other_low.peer, high.peer);
    EXPECT_EQ(connections.close(0).size(), 2U);
    const auto [again_low, again_high] = connections.open(0);
    EXPECT_NE(again_low.peer, low.peer);
    EXPECT_NE(again_high.peer, high.peer);
    EXPECT_NE(again_high.peer, other_low.peer);
    EXPECT_FALSE(connections.is_open(low));
    EXPECT_TRUE(connections.is_open(again_low));
    EXPECT_EQ(connections.neighbour(low), 1U);
    EXPECT_EQ(connections.neighbour(other_high), 1U);
}

TEST(Connections, CarryMessagesToTheOtherEnd) {
    Connections connections = connections_of(chain_of_three());
    static_cast<void>(connections.open(0));
    const auto [low, high] = connections.open(1);
    const auto there = connections.send(low, start, 125);
    EXPECT_EQ(there.end.who, 2U);
    EXPECT_EQ(there.end.peer, high.peer);
    EXPECT_EQ(there.at, start + milliseconds(1 + 7));
    // The way back has a queue and a bandwidth of its own.
    const auto back = connections.send(high, start, 125);
    EXPECT_EQ(back.end.who, 1U);
    EXPECT_EQ(back.end.peer, low.peer);
    EXPECT_EQ(back.at, start + milliseconds(4 + 7));
}

TEST(Connections, BeginWithNothingUnderWay) {
    Connections connections = connections_of(chain_of_three());
    const auto before = connections.open(1);
    EXPECT_EQ(connections.send(before[0], start, 125'000).at, start + milliseconds(1'007));
    static_cast<void>(connections.close(1));
    const auto after = connections.open(1);
    EXPECT_EQ(connections.send(after[0], start, 125).at, start + milliseconds(8));
}

/// What the middle one of three sends to one and then to the other.
std::array<Time, 2> arrivals_from_the_middle(bool shared, bool gone_between = false) {
    Connections connections{chain_of_three(),
                            {.latency_min = milliseconds(7),
                             .latency_max = milliseconds(7),
                             .bandwidth_bps = 1'000'000,
                             .shared_upload = shared},
                            Random{5}};
    const auto low = connections.open(0)[1];
    const auto high = connections.open(1)[0];
    const Time first = connections.send(low, start, 125'000).at;
    if (gone_between) connections.forget_uploads(1);
    return {first, connections.send(high, start, 12'500).at};
}

TEST(Connections, HaveALineEachOrShareTheSenders) {
    const Time first = start + seconds(1) + milliseconds(7);
    const Time at_once = start + milliseconds(107);
    EXPECT_EQ(arrivals_from_the_middle(false), (std::array{first, at_once}));
    EXPECT_EQ(arrivals_from_the_middle(true), (std::array{first, at_once + seconds(1)}));
    EXPECT_EQ(arrivals_from_the_middle(true, true), (std::array{first, at_once}));
}

TEST(Connections, AddLinksWhoseLatencyDoesNotDependOnWhenTheyAreAdded) {
    Connections first = connections_of(Graph{4, {}});
    Connections second = connections_of(Graph{4, {}});
    const auto one = first.add_link({0, 1}, {});
    const auto two = first.add_link({2, 3}, {});
    EXPECT_EQ(second.latency(second.add_link({2, 3}, {})), first.latency(two));
    EXPECT_EQ(second.latency(second.add_link({0, 1}, {})), first.latency(one));
    EXPECT_NE(first.latency(one), first.latency(two));
    EXPECT_EQ(first.latency(first.add_link({0, 1}, {})), first.latency(one)) << "of the same pair";
    EXPECT_EQ(first.latency(first.add_link({1, 2}, {.latency = milliseconds(7), .bandwidth = {}})),
              milliseconds(7));
}

TEST(Connections, CloseEndByEnd) {
    Connections connections = connections_of(chain_of_three());
    EXPECT_TRUE(connections.is_idle(0));
    EXPECT_TRUE(connections.close(0).empty());
    const auto [low, high] = connections.open(0);
    connections.close_end(low);
    EXPECT_FALSE(connections.is_open(low));
    EXPECT_TRUE(connections.is_open(high));
    EXPECT_FALSE(connections.is_idle(0));
    const auto closed = connections.close(0);
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed[0].who, high.who);
    EXPECT_TRUE(connections.is_idle(0));
}

}  // namespace
}  // namespace bezant::sim
