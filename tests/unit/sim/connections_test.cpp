// SPDX-License-Identifier: Apache-2.0
#include "sim/connections.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "tests/seeds.hpp"

namespace bezant::sim {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

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
    EXPECT_EQ(connections.edge(again_low), 0U);
    EXPECT_EQ(connections.edge(other_high), 1U);
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

TEST(Connections, TellTheLatencyOfAPairThatHasNoLink) {
    Connections connections = connections_of(Graph{3, {}});
    const LinkTraits given{.latency = milliseconds(7), .bandwidth = {}};
    const Duration drawn = connections.latency_between({0, 2}, {});
    EXPECT_EQ(connections.latency_between({0, 1}, given), milliseconds(7));
    EXPECT_EQ(connections.link_count(), 0U);
    EXPECT_EQ(connections.latency(connections.add_link({0, 2}, {})), drawn);
    EXPECT_EQ(connections.latency(connections.add_link({0, 1}, given)), milliseconds(7));
}

/// The links of each pair, as they were added, looked for one by one.
struct NaiveLinks {
    std::vector<std::pair<Edge, Connections::EdgeIndex>> links;

    [[nodiscard]] std::vector<Connections::EdgeIndex> between(Edge pair) const {
        std::vector<Connections::EdgeIndex> found;
        for (const auto& [ends, edge] : links)
            if (ends == pair) found.push_back(edge);
        return found;
    }
    [[nodiscard]] std::vector<Connections::EdgeIndex> of(ParticipantId who,
                                                         std::uint32_t participants) const {
        std::vector<Connections::EdgeIndex> found;
        for (ParticipantId other = 0; other < participants; ++other)
            if (other != who)
                std::ranges::copy(between(edge_of(who, other)), std::back_inserter(found));
        return found;
    }
};

TEST(Connections, FindLinksThatAreAddedAndRemovedAsOneWhoLooksAtAll) {
    constexpr std::uint32_t participants = 6;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(20); ++seed) {
        Random random{seed};
        Connections connections = connections_of(Graph{participants, {}});
        NaiveLinks naive;
        std::size_t most = 0;
        for (int step = 0; step < 200; ++step) {
            const auto one = static_cast<ParticipantId>(random.below(participants));
            const auto other = static_cast<ParticipantId>(
                (one + 1 + random.below(participants - 1)) % participants);
            const Edge pair = edge_of(one, other);
            if (random.chance(1, 2)) {
                naive.links.emplace_back(pair, connections.add_link(pair, {}));
            } else {
                connections.remove_links(pair);
                std::erase_if(naive.links, [&](const auto& link) { return link.first == pair; });
            }
            most = std::max(most, naive.links.size());
            ASSERT_THAT(connections.links_between(pair), ElementsAreArray(naive.between(pair)));
            for (ParticipantId who = 0; who < participants; ++who)
                ASSERT_THAT(connections.links_of(who),
                            ElementsAreArray(naive.of(who, participants)));
            ASSERT_EQ(connections.link_count(), naive.links.size());
            ASSERT_EQ(connections.edge_count(), most) << "numbers are used again";
        }
    }
}

TEST(Connections, KeepNothingOfThoseThatHaveEnded) {
    Connections connections = connections_of(Graph{3, {}});
    static_cast<void>(connections.open(connections.add_link({0, 2}, {})));
    for (std::uint32_t i = 0; i < 1'000; ++i) {
        const auto edge = connections.add_link({0, 1}, {});
        EXPECT_EQ(connections.open(edge)[1].peer, PeerId{i});
        EXPECT_EQ(connections.close(edge).size(), 2U);
        connections.remove_links({0, 1});
    }
    EXPECT_EQ(connections.edge_count(), 2U);
    EXPECT_THAT(connections.links_of(0), ElementsAre(0U));
    EXPECT_THAT(connections.links_of(1), IsEmpty());
    EXPECT_EQ(connections.edge({.who = 0, .peer = PeerId{0}}), 0U);
}

TEST(Connections, KnowOpenOnesByTheirNumbersAsAMapDoes) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(50); ++seed) {
        Random random{seed};
        OpenConnections open;
        std::map<PeerId, OpenConnections::EdgeIndex> naive;
        std::uint32_t next = 0;
        for (int step = 0; step < 100; ++step) {
            if (naive.empty() || random.chance(3, 5)) {
                const auto edge = static_cast<OpenConnections::EdgeIndex>(random.below(1'000));
                ASSERT_EQ(open.add(edge), PeerId{next});
                naive.emplace(PeerId{next++}, edge);
            } else {
                const auto gone = std::next(
                    naive.begin(), static_cast<std::ptrdiff_t>(random.below(naive.size())));
                open.remove(gone->first);
                naive.erase(gone);
            }
            ASSERT_EQ(open.size(), naive.size());
            for (std::uint32_t number = 0; number <= next; ++number) {
                const auto found = naive.find(PeerId{number});
                ASSERT_EQ(open.contains(PeerId{number}), found != naive.end());
                if (found == naive.end()) continue;
                ASSERT_EQ(open.edge(PeerId{number}), found->second);
            }
        }
    }
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
