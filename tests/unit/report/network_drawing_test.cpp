// SPDX-License-Identifier: Apache-2.0
#include "report/network_drawing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "sim/topology/generators.hpp"

namespace bezant::report {
namespace {

using sim::Edge;
using sim::Graph;
using sim::NodeIndex;
using testing::HasSubstr;
using testing::StartsWith;

/// The network of data/ten_participants.edges.
Graph ten_participants() {
    return Graph{10, {{0, 1}, {0, 6}, {0, 7}, {1, 2}, {2, 3}, {3, 4}, {3, 9}, {4, 5}, {4, 8}}};
}

std::string drawn(const Graph& graph, const TextStyle& style = {}) {
    return draw_network(graph, {}, style);
}

TEST(NetworkDrawing, TenParticipantsSpreadFromTheirCenter) {
    EXPECT_EQ(drawn(ten_participants()),
              "                                  ╭─(5)\n"
              "(6)─╮                       ╭─(4)─┤\n"
              "    ├─(0)───(1)───(2)───(3)─┤     ╰─(8)\n"
              "(7)─╯                       │\n"
              "                            ╰─(9)\n");
}

TEST(NetworkDrawing, TenParticipantsInAscii) {
    EXPECT_EQ(drawn(ten_participants(), TextStyle{false, false, 80}),
              "                                  ,-(5)\n"
              "(6)-.                       ,-(4)-+\n"
              "    +-(0)---(1)---(2)---(3)-+     `-(8)\n"
              "(7)-'                       |\n"
              "                            `-(9)\n");
}

TEST(NetworkDrawing, TenParticipantsByName) {
    const std::vector<std::string> names{"Alice", "Bob",   "Carol", "Dave", "Eve",
                                         "Frank", "Grace", "Heidi", "Iván", "Judy"};
    EXPECT_EQ(draw_network(ten_participants(), names, TextStyle{}),
              "                                                      ╭─(Frank)\n"
              "(Grace)─╮                                    ╭─(Eve)──┤\n"
              "        ├─(Alice)───(Bob)───(Carol)───(Dave)─┤        ╰─(Iván)\n"
              "(Heidi)─╯                                    │\n"
              "                                             ╰─(Judy)\n");
}

TEST(NetworkDrawing, GrowsToOneSideOrDownwardsWhereThereIsNoRoom) {
    EXPECT_EQ(drawn(ten_participants(), TextStyle{false, true, 30}),
              "                ╭─(6)\n"
              "    ╭─(1)───(0)─┤\n"
              "    │           ╰─(7)\n"
              "(2)─┤\n"
              "    │           ╭─(5)\n"
              "    │     ╭─(4)─┤\n"
              "    ╰─(3)─┤     ╰─(8)\n"
              "          │\n"
              "          ╰─(9)\n");
    EXPECT_EQ(drawn(ten_participants(), TextStyle{false, true, 20}),
              "(2)\n"
              " ├─(1)\n"
              " │  ╰─(0)\n"
              " │     ├─(6)\n"
              " │     ╰─(7)\n"
              " ╰─(3)\n"
              "    ├─(4)\n"
              "    │  ├─(5)\n"
              "    │  ╰─(8)\n"
              "    ╰─(9)\n");
    EXPECT_THAT(drawn(ten_participants(), TextStyle{false, true, 10}),
                StartsWith("10 participants, 9 links, 6 hops across\n"));
}

TEST(NetworkDrawing, ALineWinds) {
    EXPECT_EQ(drawn(*sim::line(5)), "(0)──(1)──(2)──(3)──(4)\n");
    EXPECT_EQ(drawn(*sim::line(11), TextStyle{false, true, 29}),
              "   (0)───(1)───(2)───(3)─╮\n"
              "╭──(7)───(6)───(5)───(4)─╯\n"
              "╰──(8)───(9)──(10)\n");
    EXPECT_EQ(drawn(Graph{3, {{0, 2}, {1, 2}}}), "(0)──(2)──(1)\n");
}

TEST(NetworkDrawing, ARingCloses) {
    EXPECT_EQ(drawn(*sim::ring(7)),
              "╭─(0)──(1)──(2)──(3)─╮\n"
              "╰──────(6)──(5)──(4)─╯\n");
    EXPECT_EQ(drawn(*sim::ring(11), TextStyle{false, true, 28}),
              "  ╭──(0)───(1)───(2)─╮\n"
              "  │                 (3)\n"
              "(10)                (4)\n"
              " (9)                (5)\n"
              "  ╰──(8)───(7)───(6)─╯\n");
}

TEST(NetworkDrawing, ListsTheLinksThatATreeLeavesOut) {
    EXPECT_EQ(drawn(Graph{5, {{0, 1}, {1, 2}, {2, 3}, {0, 3}, {3, 4}}}),
              "(2)───(1)───(0)───(3)───(4)\n"
              "also linked: 2–3\n");
    const Graph dense = *sim::complete(5);
    EXPECT_THAT(drawn(dense), HasSubstr("\nalso linked: 1–2, 1–3, 1–4, 2–3, 2–4, 3–4\n"));
    EXPECT_THAT(drawn(dense, TextStyle{false, false, 20}),
                HasSubstr("\nalso linked: 1-2,\n  1-3, 1-4, 2-3,\n  2-4, 3-4\n"));
}

TEST(NetworkDrawing, PaintsLabelsWithoutMovingThem) {
    const TextStyle colour{true, true, 80};
    const Graph graph = ten_participants();
    const auto mark = [](NodeIndex node, std::string_view text) {
        return node == 8 ? "\x1b[31m" + std::string{text} + "\x1b[0m" : std::string{text};
    };
    std::string text = draw_network(graph, {}, colour, mark);
    EXPECT_THAT(text, HasSubstr("╰─\x1b[31m(8)\x1b[0m\n"));
    for (const std::string code : {"\x1b[31m", "\x1b[0m"}) text.erase(text.find(code), code.size());
    EXPECT_EQ(text, drawn(graph));
    EXPECT_THAT(draw_network(graph, {}, colour), HasSubstr(toned(colour, Tone::strong, "(8)")));
}

TEST(NetworkDrawing, DrawsAnyGraphWithoutFailing) {
    Random random{1};
    for (int round = 0; round < 300; ++round) {
        const auto count = static_cast<std::uint32_t>(random.below(45));
        std::vector<Edge> edges;
        const std::uint64_t density = random.below(10);
        for (NodeIndex high = 0; high < count; ++high) {
            for (NodeIndex low = 0; low < high; ++low) {
                if (random.chance(density, 50)) edges.push_back({low, high});
            }
        }
        const std::size_t columns = 30 + random.below(60);
        const std::string text =
            drawn(Graph{count, std::move(edges)}, TextStyle{false, true, columns});
        ASSERT_FALSE(text.empty());
        ASSERT_EQ(text.back(), '\n');
    }
}

TEST(NetworkSummary, TellsWhatIsTooLargeToDraw) {
    EXPECT_EQ(drawn(*sim::complete(12)),
              "12 participants, 66 links, 1 hop across\n"
              "everyone is linked with everyone\n");
    EXPECT_EQ(drawn(*sim::ring(1'000)),
              "1,000 participants, 1,000 links, 500 hops across\neveryone has 2 links\n");
    EXPECT_EQ(drawn(*sim::star(41)),
              "41 participants, 40 links, 2 hops across\n"
              "links of a participant: fewest 1, median 1, most 40\n"
              "  links  participants\n"
              "      1  ████████████████████████████████████████ 40\n"
              "    2-3  0\n"
              "    4-7  0\n"
              "   8-15  0\n"
              "  16-31  0\n"
              "  32-63  █ 1\n");
    EXPECT_EQ(drawn(*sim::line(50), TextStyle{false, false, 30}),
              "50 participants, 49 links, 49 hops across\n"
              "links of a participant: fewest 1, median 2, most 2\n"
              "  links  participants\n"
              "      1  # 2\n"
              "      2  ################## 48\n");
}

TEST(NetworkSummary, ABarOfSomebodyIsNeverEmpty) {
    EXPECT_THAT(drawn(*sim::star(1'001)), HasSubstr("  512-1023  ▏ 1\n"));
}

TEST(NetworkSummary, BarsCountEveryoneOnce) {
    Random random{2};
    const Graph graph = *sim::barabasi_albert(3'000, 2, random);
    std::istringstream lines{drawn(graph)};
    std::string line;
    for (int heading = 0; heading < 3; ++heading) std::getline(lines, line);
    int participants = 0;
    while (std::getline(lines, line)) {
        std::string number = line.substr(line.rfind(' ') + 1);
        std::erase(number, ',');
        participants += std::stoi(number);
    }
    EXPECT_EQ(participants, 3'000);
}

TEST(NetworkSummary, TellsOfPartsAndOfNobody) {
    EXPECT_THAT(drawn(Graph{5, {{0, 1}, {2, 3}}}),
                StartsWith("5 participants, 2 links, in 3 separate parts\n"));
    EXPECT_EQ(drawn(Graph{}), "no participants\n");
    EXPECT_EQ(drawn(Graph{1, {}}), "(0)\n");
    EXPECT_EQ(drawn(Graph{2, {}}),
              "2 participants, 0 links, in 2 separate parts\n"
              "everyone has 0 links\n");
}

TEST(NetworkSummary, IsHonestAboutALowerBound) {
    EXPECT_THAT(drawn(*sim::line(10'000)), HasSubstr("at least 9,999 hops across"));
}

}  // namespace
}  // namespace bezant::report
