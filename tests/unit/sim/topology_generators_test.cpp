// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/generators.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include "sim/topology/connectivity.hpp"
#include "sim/topology/graph_distance.hpp"

namespace bezant::sim {
namespace {

using testing::Each;
using testing::HasSubstr;

constexpr Probability percent(std::uint32_t count) { return {count * (Probability::one / 100)}; }

std::vector<std::size_t> degrees(const Graph& graph) {
    std::vector<std::size_t> result;
    for (NodeIndex node = 0; node < graph.node_count(); ++node) {
        result.push_back(graph.degree(node));
    }
    return result;
}

/// One number for a whole network, for comparing it with that of other machines.
std::uint64_t fingerprint(const Graph& graph) {
    std::uint64_t hash = graph.node_count();
    for (const Edge& edge : graph.edges()) {
        hash = mix_bits(hash ^ ((std::uint64_t{edge.low} << 32U) | edge.high));
    }
    return hash;
}

using Law = std::function<MadeGraph(std::uint32_t participants, Random&)>;

const std::map<std::string, Law>& random_laws() {
    static const std::map<std::string, Law> laws = {
        {"regular 3 or 4",
         [](std::uint32_t n, Random& r) { return random_regular(n, n % 2 == 0 ? 3 : 4, r); }},
        {"regular, half",
         [](std::uint32_t n, Random& r) { return random_regular(n, n / 4 * 2, r); }},
        {"erdos-renyi", [](std::uint32_t n, Random& r) { return erdos_renyi(n, percent(60), r); }},
        {"barabasi-albert", [](std::uint32_t n, Random& r) { return barabasi_albert(n, 2, r); }},
        {"watts-strogatz",
         [](std::uint32_t n, Random& r) { return watts_strogatz(n, 4, percent(30), r); }},
    };
    return laws;
}

TEST(FixedShapes, AreWhatTheirNamesSay) {
    for (const std::uint32_t n : {3U, 4U, 5U, 10U, 101U}) {
        EXPECT_THAT(degrees(*ring(n)), Each(2U));
        EXPECT_EQ(diameter(*ring(n)), n / 2);
        EXPECT_EQ(diameter(*line(n)), n - 1);
        EXPECT_EQ(star(n)->degree(0), n - 1);
        EXPECT_EQ(diameter(*star(n)), 2U);
        EXPECT_THAT(degrees(*complete(n)), Each(n - 1));
        for (const auto& made : {ring(n), line(n), star(n), tree(n, 2), complete(n)}) {
            EXPECT_TRUE(check_connected(*made));
        }
        for (const auto& made : {line(n), star(n), tree(n, 2), tree(n, 3)}) {
            EXPECT_EQ(made->edges().size(), n - 1);
        }
    }
    EXPECT_EQ(*line(7), *tree(7, 1));
}

TEST(FixedShapes, ATreeFillsLevelByLevel) {
    EXPECT_EQ(*tree(6, 2), (Graph{6, {{0, 1}, {0, 2}, {1, 3}, {1, 4}, {2, 5}}}));
    EXPECT_THAT(tree(1 + 3 + 9, 3)->neighbours(1), testing::ElementsAre(0, 4, 5, 6));
}

TEST(FixedShapes, ExistForOneParticipantWhereTheyCan) {
    for (const auto& made : {line(1), star(1), tree(1, 2), complete(1)}) {
        ASSERT_TRUE(made);
        EXPECT_EQ(made->node_count(), 1U);
    }
    for (const auto& made : {ring(2), line(0), star(0), tree(0, 2), tree(3, 0), complete(0)}) {
        ASSERT_FALSE(made);
        EXPECT_EQ(made.error().fault, TopologyFault::impossible_value);
    }
}

TEST(FixedShapes, AreBounded) {
    EXPECT_EQ(line(participants_max + 1).error().fault, TopologyFault::too_large);
    EXPECT_EQ(complete(participants_max).error().fault, TopologyFault::too_large);
}

TEST(RandomNetworks, AreConnectedForEverySeedAndSize) {
    for (const auto& [name, law] : random_laws()) {
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            Random random{seed};
            const auto participants = static_cast<std::uint32_t>(8 + random.below(40));
            const auto graph = law(participants, random);
            ASSERT_TRUE(graph) << name << ' ' << seed << ' ' << graph.error().message;
            ASSERT_EQ(graph->node_count(), participants);
            ASSERT_TRUE(check_connected(*graph)) << name << ' ' << seed;
        }
    }
}

TEST(RandomNetworks, FollowFromTheSeedAlone) {
    for (const auto& [name, law] : random_laws()) {
        Random first{11};
        Random same{11};
        Random other{12};
        const auto graph = law(50, first);
        EXPECT_EQ(*graph, *law(50, same)) << name;
        EXPECT_NE(*graph, *law(50, other)) << name;
        EXPECT_NE(*graph, *law(50, first)) << name;  // the stream moves on
    }
}

TEST(RandomNetworks, AreTheSameOnEveryMachine) {
    std::map<std::string, std::uint64_t> fingerprints;
    for (const auto& [name, law] : random_laws()) {
        Random random{2024};
        fingerprints[name] = fingerprint(*law(60, random));
    }
    EXPECT_THAT(fingerprints, (std::map<std::string, std::uint64_t>{
                                  {"barabasi-albert", 0xc60d51fa0cb33c35ULL},
                                  {"erdos-renyi", 0x0bb229f4cf6f4567ULL},
                                  {"regular 3 or 4", 0x2dbcf8c99d5b0593ULL},
                                  {"regular, half", 0x0558a18c042bf5a7ULL},
                                  {"watts-strogatz", 0x4e57f1e3d3ac089eULL},
                              }));
}

TEST(RandomRegular, GivesEveryoneTheDegreeWhereverThatIsPossible) {
    Random random{1};
    for (std::uint32_t n = 1; n <= 14; ++n) {
        for (std::uint32_t degree = 0; degree <= n; ++degree) {
            const bool exists =
                degree < n && n * degree % 2 == 0 && (degree >= 2 || degree + 1 == n);
            const auto graph = random_regular(n, degree, random);
            ASSERT_EQ(graph.has_value(), exists) << n << ' ' << degree;
            if (!exists) {
                ASSERT_EQ(graph.error().fault, TopologyFault::impossible_value);
                continue;
            }
            ASSERT_THAT(degrees(*graph), Each(degree));
            ASSERT_TRUE(check_connected(*graph));
        }
    }
}

TEST(RandomRegular, FavoursNoNetwork) {
    // Of the 70 networks of 6 participants with 3 links, 10 are bipartite and 60 are prisms.
    Random random{3};
    std::map<std::uint64_t, int> seen;
    constexpr int draws = 7'000;
    for (int i = 0; i < draws; ++i) ++seen[fingerprint(*random_regular(6, 3, random))];
    ASSERT_EQ(seen.size(), 70U);
    for (const auto& [graph, times] : seen) ASSERT_NEAR(times, 100, 40);
}

TEST(RandomRegular, SaysWhyThereIsNone) {
    Random random{4};
    EXPECT_THAT(random_regular(5, 3, random).error().message, HasSubstr("15 is odd"));
    EXPECT_THAT(random_regular(5, 5, random).error().message, HasSubstr("use at most 4"));
    EXPECT_THAT(random_regular(6, 1, random).error().message, HasSubstr("use at least 2"));
    EXPECT_EQ(random_regular(participants_max, 40, random).error().fault, TopologyFault::too_large);
}

TEST(ErdosRenyi, LinksPairsWithTheProbabilityAskedFor) {
    for (const std::uint32_t chance_percent : {8U, 30U, 90U}) {
        Random random{chance_percent};
        constexpr std::uint32_t n = 200;
        constexpr double pairs = n * (n - 1) / 2.0;
        constexpr int draws = 50;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; ++i) {
            const double p = static_cast<double>(
                                 erdos_renyi(n, percent(chance_percent), random)->edges().size()) /
                             pairs;
            sum += p;
            squares += p * p;
        }
        const double expected = chance_percent / 100.0;
        const double deviation = std::sqrt(expected * (1 - expected) / pairs);
        const double mean = sum / draws;
        EXPECT_NEAR(mean, expected, 4 * deviation / std::sqrt(draws));
        EXPECT_NEAR(std::sqrt(squares / draws - mean * mean), deviation, 0.4 * deviation);
    }
}

TEST(ErdosRenyi, FavoursNoPair) {
    Random random{9};
    std::map<Edge, int> seen;
    constexpr int draws = 4'000;
    for (int i = 0; i < draws; ++i) {
        const auto graph = erdos_renyi(12, percent(50), random);
        for (const Edge& edge : graph->edges()) ++seen[edge];
    }
    ASSERT_EQ(seen.size(), 66U);
    for (const auto& [edge, times] : seen) ASSERT_NEAR(times, draws * 0.5, 130);
}

TEST(ErdosRenyi, SmallAndLargeProbabilitiesMeet) {
    // The two ways of working out the rate, on both sides of where they meet.
    constexpr std::uint32_t n = 3'000;
    for (const std::uint32_t billionths : {3'999'999U, 4'000'000U}) {
        Random random{10};
        const auto graph = erdos_renyi(n, Probability{billionths}, random);
        ASSERT_TRUE(graph);
        EXPECT_NEAR(static_cast<double>(graph->edges().size()), n * (n - 1) / 2.0 * 0.004, 600);
    }
}

TEST(ErdosRenyi, TheExtremesAreExact) {
    Random random{11};
    EXPECT_EQ(*erdos_renyi(9, percent(100), random), *complete(9));
    EXPECT_TRUE(erdos_renyi(1, percent(0), random));
    EXPECT_FALSE(erdos_renyi(2, percent(0), random));
}

TEST(ErdosRenyi, SaysWhatToDoAboutTooFewLinks) {
    Random random{12};
    const auto graph = erdos_renyi(1000, Probability{2'000'000}, random);
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().fault, TopologyFault::disconnected);
    EXPECT_THAT(graph.error().message,
                HasSubstr("0.002 gave no connected network of 1000 participants in 1 draw;"));
    EXPECT_THAT(graph.error().message, HasSubstr("parts that cannot hear of each other"));
    EXPECT_THAT(graph.error().message, HasSubstr("use erdos-renyi:degree=10 or more (in"));
    EXPECT_TRUE(erdos_renyi(1000, Probability{10'010'010}, random));
    EXPECT_EQ(erdos_renyi(100'000, percent(50), random).error().fault, TopologyFault::too_large);
}

TEST(BarabasiAlbert, EveryNewcomerHasHisLinksAndHubsEmerge) {
    Random random{13};
    constexpr std::uint32_t n = 5'000;
    constexpr std::uint32_t links = 3;
    const auto graph = barabasi_albert(n, links, random);
    ASSERT_TRUE(graph);
    EXPECT_EQ(graph->edges().size(), std::size_t{n - links} * links);
    for (NodeIndex node = links + 1; node < n; ++node) {
        const auto neighbours = graph->neighbours(node);
        ASSERT_EQ(std::ranges::count_if(neighbours, [&](NodeIndex other) { return other < node; }),
                  links);
    }
    // A degree law with exponent 3 has a largest degree near links * sqrt(n) = 212.
    EXPECT_GT(std::ranges::max(degrees(*graph)), 100U);
    // Half of all have the fewest links or one more: 2/(links+2) = 0.4 and 2*3/(5*6) = 0.2.
    const auto fewest = std::ranges::count(degrees(*graph), std::size_t{links});
    EXPECT_NEAR(static_cast<double>(fewest) / n, 0.4, 0.04);
}

TEST(BarabasiAlbert, TakesAnyPossibleNumberOfLinks) {
    Random random{14};
    for (std::uint32_t links = 1; links < 9; ++links) {
        ASSERT_TRUE(barabasi_albert(9, links, random));
    }
    EXPECT_EQ(*barabasi_albert(9, 8, random), *star(9));
    EXPECT_THAT(barabasi_albert(9, 9, random).error().message, HasSubstr("use at most 8"));
    EXPECT_THAT(barabasi_albert(9, 0, random).error().message, HasSubstr("at least 1 link"));
}

TEST(WattsStrogatz, WithoutRewiringIsTheRingOfNeighbours) {
    Random random{15};
    const auto graph = watts_strogatz(9, 4, percent(0), random);
    ASSERT_TRUE(graph);
    EXPECT_THAT(graph->neighbours(0), testing::ElementsAre(1, 2, 7, 8));
    EXPECT_THAT(degrees(*graph), Each(4U));
}

TEST(WattsStrogatz, RewiresTheShareAskedForAndKeepsTheCount) {
    Random random{16};
    constexpr std::uint32_t n = 2'000;
    for (const std::uint32_t rewired_percent : {10U, 50U, 100U}) {
        const auto graph = watts_strogatz(n, 8, percent(rewired_percent), random);
        ASSERT_TRUE(graph);
        ASSERT_EQ(graph->edges().size(), n * 4U);
        const auto stayed = std::ranges::count_if(graph->edges(), [](const Edge& edge) {
            const std::uint32_t apart = edge.high - edge.low;
            return std::min(apart, n - apart) <= 4;
        });
        EXPECT_NEAR(static_cast<double>(stayed) / (n * 4), 1 - rewired_percent / 100.0, 0.025);
        EXPECT_GE(std::ranges::min(degrees(*graph)), 4U);  // one's own links keep their near end
    }
}

TEST(WattsStrogatz, ASmallWorldIsSmaller) {
    Random random{17};
    const auto before = diameter(*watts_strogatz(500, 6, percent(0), random));
    const auto after = diameter(*watts_strogatz(500, 6, percent(20), random));
    EXPECT_EQ(before, 84U);  // 250 places by 3 a hop
    EXPECT_LT(*after, 12U);
}

TEST(WattsStrogatz, LeavesThoseAloneWhoKnowEveryone) {
    Random random{18};
    EXPECT_EQ(*watts_strogatz(5, 4, percent(100), random), *complete(5));
}

TEST(WattsStrogatz, SaysWhyThereIsNone) {
    Random random{19};
    for (const std::uint32_t degree : {0U, 1U, 3U, 10U}) {
        EXPECT_THAT(watts_strogatz(10, degree, percent(10), random).error().message,
                    HasSubstr("an even number from 2 to 8"));
    }
    Random unlucky{1};
    const auto torn = watts_strogatz(3'000, 2, percent(100), unlucky);
    ASSERT_FALSE(torn);
    EXPECT_EQ(torn.error().fault, TopologyFault::disconnected);
    EXPECT_THAT(torn.error().message, HasSubstr("tore the ring of 3000 apart in 32 draws"));
    EXPECT_FALSE(watts_strogatz(2, 2, percent(0), random));
}

}  // namespace
}  // namespace bezant::sim
