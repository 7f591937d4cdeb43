// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/topology_spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/topology/generators.hpp"

namespace bezant::sim {
namespace {

using testing::HasSubstr;

Result<Topology, TopologyError> made(std::string_view spec, std::uint32_t participants) {
    Random random{1};
    return topology_from_spec(spec, participants, random, nullptr);
}

Graph drawn(MadeGraph (*law)(std::uint32_t, std::uint32_t, Random&), std::uint32_t links) {
    Random random{1};
    return *law(12, links, random);
}

TEST(TopologySpec, EachNameMakesItsNetwork) {
    EXPECT_EQ(made("ring", 12)->graph, *ring(12));
    EXPECT_EQ(made("line", 12)->graph, *line(12));
    EXPECT_EQ(made("star", 12)->graph, *star(12));
    EXPECT_EQ(made("complete", 12)->graph, *complete(12));
    EXPECT_EQ(made("tree:3", 12)->graph, *tree(12, 3));
    EXPECT_EQ(made("regular:3", 12)->graph, drawn(random_regular, 3));
    EXPECT_EQ(made("barabasi-albert:2", 12)->graph, drawn(barabasi_albert, 2));
    Random for_pairs{1};
    const Graph pairs = *erdos_renyi(12, Probability{500'000'000}, for_pairs);
    EXPECT_EQ(made("erdos-renyi:0.5", 12)->graph, pairs);
    EXPECT_EQ(made("erdos-renyi:degree=5.5", 12)->graph, pairs);
    Random for_world{1};
    EXPECT_EQ(made("watts-strogatz:4:.1", 12)->graph,
              *watts_strogatz(12, 4, Probability{100'000'000}, for_world));
}

TEST(TopologySpec, EveryExampleOfTheHelpWorks) {
    Random random{2};
    RegionModel world;
    world.regions = {{"earth", 1'000'000, 1, 1}};
    world.mean_latency = {milliseconds(50)};
    world.outbound_links_cdf_ppm = {0, 0, 1'000'000};
    for (const auto& [name, example, meaning] : generator_help()) {
        EXPECT_TRUE(topology_from_spec(example, 50, random, &world)) << example;
        EXPECT_TRUE(names_generator(example));
        EXPECT_FALSE(meaning.empty());
    }
    EXPECT_EQ(generator_help().size(), 10U);
    EXPECT_FALSE(names_generator("ten.edges"));
    EXPECT_FALSE(names_generator(""));
}

TEST(TopologySpec, SaysWhatIsWrongAndWhatToDo) {
    struct Refusal {
        std::string_view spec;
        std::uint32_t participants;
        TopologyFault fault;
        std::string_view says;
    };
    const std::vector<Refusal> refusals = {
        {"rng", 10, TopologyFault::unknown_name, "no topology 'rng'; did you mean 'ring'?"},
        {"erdos", 10, TopologyFault::unknown_name, "did you mean 'erdos-renyi'?"},
        {"Star", 10, TopologyFault::unknown_name, "did you mean 'star'?"},
        {"mesh", 10, TopologyFault::unknown_name, "use one of ring, line, star, complete, tree"},
        {"", 10, TopologyFault::unknown_name, "use one of"},
        {"ring:3", 10, TopologyFault::malformed, "'ring' takes no values, not 1; write 'ring'"},
        {"regular", 10, TopologyFault::malformed, "takes 1 value, not 0; write 'regular:8'"},
        {"watts-strogatz:4", 10, TopologyFault::malformed, "takes 2 values, not 1"},
        {"regular:", 10, TopologyFault::not_a_number, "'' is not a whole number"},
        {"regular:many", 10, TopologyFault::not_a_number, "'many' is not a whole number"},
        {"regular:-3", 10, TopologyFault::not_a_number, "'-3' is not a whole number"},
        {"regular:3.5", 10, TopologyFault::not_a_number, "'3.5' is not a whole number"},
        {"regular:4294967296", 10, TopologyFault::not_a_number, "not a whole number"},
        {"tree:x", 10, TopologyFault::not_a_number, "'x'"},
        {"barabasi-albert:x", 10, TopologyFault::not_a_number, "'x'"},
        {"watts-strogatz:x:0.1", 10, TopologyFault::not_a_number, "'x'"},
        {"watts-strogatz:4:2", 10, TopologyFault::out_of_range, "'2' is not a probability"},
        {"erdos-renyi:1.5", 10, TopologyFault::out_of_range, "'1.5' is not a probability"},
        {"erdos-renyi:5%", 10, TopologyFault::out_of_range, "'5%' is not a probability"},
        {"erdos-renyi:degree=x", 10, TopologyFault::not_a_number, "'x' is not a mean number"},
        {"erdos-renyi:degree=10", 10, TopologyFault::impossible_value, "use at most 9"},
        {"regular:3", 5, TopologyFault::impossible_value, "'regular:3': 5 participants cannot"},
        {"ring", 2, TopologyFault::impossible_value, "it needs 3"},
        {"tree:0", 2, TopologyFault::impossible_value, "use at least 1"},
        {"geographic", 10, TopologyFault::impossible_value, "needs a model"},
        {"erdos-renyi:0.01", 50, TopologyFault::disconnected, "use erdos-renyi:degree="},
    };
    for (const Refusal& refusal : refusals) {
        SCOPED_TRACE(refusal.spec);
        const auto topology = made(refusal.spec, refusal.participants);
        ASSERT_FALSE(topology);
        EXPECT_EQ(topology.error().fault, refusal.fault) << topology.error().message;
        EXPECT_THAT(topology.error().message, HasSubstr(refusal.says));
        EXPECT_EQ(topology.error().line, 0U);
    }
}

TEST(FixedPoint, ReadsExactlyOrNotAtAll) {
    EXPECT_EQ(fixed_point_from_text("0.05", 9), 50'000'000U);
    EXPECT_EQ(fixed_point_from_text("12", 3), 12'000U);
    EXPECT_EQ(fixed_point_from_text("1.", 1), 10U);
    EXPECT_EQ(fixed_point_from_text(".5", 1), 5U);
    EXPECT_EQ(fixed_point_from_text("0.1230000", 3), 123U);
    EXPECT_EQ(fixed_point_from_text("9000000000000000000", 0), 9'000'000'000'000'000'000U);
    for (const char* wrong :
         {"", ".", "-1", "+1", "1e3", "0.1234", "1.2.3", " 1", "1 ", "9999999999999999999"}) {
        EXPECT_EQ(fixed_point_from_text(wrong, 3), std::nullopt) << wrong;
    }
    EXPECT_EQ(probability_from_text("1.0"), Probability{1'000'000'000});
    EXPECT_EQ(probability_from_text("1.000000001"), std::nullopt);
    EXPECT_EQ(probability_from_text("0.0000000001"), std::nullopt);
}

}  // namespace
}  // namespace bezant::sim
