// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/geographic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "sim/topology/connectivity.hpp"

namespace bezant::sim {
namespace {

using testing::Each;
using testing::HasSubstr;

std::string internet_2019() {
    const std::ifstream file{std::string{BEZANT_SOURCE_DIR} + "/data/internet_2019.toml"};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), with);
}

TEST(RegionModel, ReadsTheInternetOf2019) {
    const auto model = regions_from_toml(internet_2019());
    ASSERT_TRUE(model) << model.error().message;
    ASSERT_EQ(model->regions.size(), 6U);
    EXPECT_EQ(model->regions[1], (Region{"europe", 499'800, 20'700'000, 40'000'000}));
    EXPECT_EQ(model->latency(0, 5), milliseconds(189));
    EXPECT_EQ(model->latency(4, 4), milliseconds(12));
    EXPECT_EQ(model->outbound_links_cdf_ppm.size(), 20U);
    EXPECT_EQ(model->outbound_links_cdf_ppm[0], 25'000U);
    EXPECT_EQ(model->outbound_links_cdf_ppm[18], 995'000U);
}

TEST(RegionModel, GivesWhatRoundingLeavesToTheLargestRegion) {
    const auto model = regions_from_toml(replaced(internet_2019(), "0.4998", "0.4991"));
    ASSERT_TRUE(model) << model.error().message;
    EXPECT_EQ(model->regions[1].share_ppm, 499'800U);
    EXPECT_TRUE(regions_from_toml(replaced(internet_2019(), "0.4998", "0.5008")));
    EXPECT_FALSE(regions_from_toml(replaced(internet_2019(), "0.4998", "0.4987")));
    EXPECT_FALSE(regions_from_toml(replaced(internet_2019(), "0.4998", "0.5009")));
}

TEST(RegionModel, SaysWhatIsWrongWhereAndWhatToDo) {
    struct Refusal {
        std::string what;
        std::string with;
        TopologyFault fault;
        std::size_t line;
        std::string says;
    };
    const std::vector<Refusal> refusals = {
        {"regions = [", "regions = [[", TopologyFault::malformed, 5, "not TOML"},
        {"regions =", "areas =", TopologyFault::malformed, 0, "no key 'regions'"},
        {"\"japan\"", "7", TopologyFault::malformed, 2, "'regions' is not a name"},
        {"\"japan\"", "\"\"", TopologyFault::malformed, 2, "'regions' is not a name"},
        {"region_share = [0.3316,", "region_share = [", TopologyFault::malformed, 5,
         "'region_share' has 5 entries; it needs 6, one a region"},
        {"0.3316", "0.4", TopologyFault::out_of_range, 5, "add up to 1.0684; make it 1"},
        {"0.3316", "\"much\"", TopologyFault::not_a_number, 5, "'region_share' is not a number"},
        {"0.3316", "-0.3316", TopologyFault::out_of_range, 5, "'region_share' is -0.3316"},
        {"0.3316", "nan", TopologyFault::out_of_range, 5, "'region_share' is nan"},
        {"[124,  11,", "[11,", TopologyFault::malformed, 10, "a row of 'latency_ms' needs 6"},
        {"[124,", "[125,", TopologyFault::impossible_value, 10,
         "between 'europe' and 'north-america' depends on the direction"},
        {"52000000", "0", TopologyFault::out_of_range, 19, "'download_bps' is 0; write 1 to"},
        {"upload_bps", "uplink_bps", TopologyFault::malformed, 0, "no key 'upload_bps'"},
        {"[0.025, 0.050", "[0.25, 0.050", TopologyFault::impossible_value, 24, "never fall"},
        {"0.995, 1.0]", "0.995]", TopologyFault::impossible_value, 24, "end with 1"},
        {"outbound_degree_cdf = [", "outbound_degree_cdf = 1 #", TopologyFault::malformed, 24,
         "'outbound_degree_cdf' is not an array"},
        {"outbound_degree_cdf = [", "outbound_degree_cdf = [] #", TopologyFault::malformed, 24,
         "it needs at least one"},
    };
    for (const Refusal& refusal : refusals) {
        SCOPED_TRACE(refusal.what + " -> " + refusal.with);
        const auto model = regions_from_toml(replaced(internet_2019(), refusal.what, refusal.with));
        ASSERT_FALSE(model);
        EXPECT_EQ(model.error().fault, refusal.fault) << model.error().message;
        EXPECT_EQ(model.error().line, refusal.line) << model.error().message;
        EXPECT_THAT(model.error().message, HasSubstr(refusal.says));
    }
}

TEST(Geographic, FollowsTheModel) {
    const auto model = regions_from_toml(internet_2019());
    ASSERT_TRUE(model);
    Random random{1};
    constexpr std::uint32_t n = 20'000;
    const auto topology = geographic(n, *model, random);
    ASSERT_TRUE(topology) << topology.error().message;
    const Graph& graph = topology->graph;
    EXPECT_TRUE(check_connected(graph));
    std::vector<double> shares(6);
    for (const std::uint32_t region : topology->regions) shares.at(region) += 1e6 / n;
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_NEAR(shares[i], model->regions[i].share_ppm, 15'000);
    }
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
        const auto [low, high] = graph.edges()[i];
        ASSERT_EQ(graph.traits(i).latency,
                  model->latency(topology->regions[low], topology->regions[high]));
        const Region& one = model->regions[topology->regions[low]];
        const Region& other = model->regions[topology->regions[high]];
        const LinkBandwidth bandwidth = graph.traits(i).bandwidth.value();
        ASSERT_EQ(bandwidth.from_low_bps, std::min(one.upload_bps, other.download_bps));
        ASSERT_EQ(bandwidth.from_high_bps, std::min(other.upload_bps, one.download_bps));
    }
    // The mean of the published law, 1 + sum of (1 - cdf), is 8.645 links.
    EXPECT_NEAR(static_cast<double>(graph.edges().size()) / n, 8.645, 0.15);
}

TEST(Geographic, EveryoneOpensAsManyLinksAsTheLawSays) {
    RegionModel model;
    model.regions = {{"a", 0, 1, 1}, {"b", 1'000'000, 1, 1}};
    model.mean_latency = {milliseconds(1), milliseconds(2), milliseconds(2), milliseconds(3)};
    model.outbound_links_cdf_ppm = {0, 0, 1'000'000};
    Random random{2};
    const auto topology = geographic(500, model, random);
    ASSERT_TRUE(topology);
    EXPECT_EQ(topology->graph.edges().size(), 1'500U);
    EXPECT_THAT(topology->regions, Each(1U));
    EXPECT_EQ(topology->graph.traits(0).latency, milliseconds(3));
}

TEST(Geographic, CarriesWhatTheSenderUploadsOrTheReceiverDownloads) {
    RegionModel model;
    model.regions = {{"fast", 500'000, 900, 5'000}, {"slow", 500'000, 50, 70}};
    model.mean_latency = {milliseconds(1), milliseconds(1), milliseconds(1), milliseconds(1)};
    model.outbound_links_cdf_ppm = {0, 0, 1'000'000};
    Random random{3};
    const auto topology = geographic(100, model, random);
    ASSERT_TRUE(topology);
    const Graph& graph = topology->graph;
    // Whether each end is slow, and what goes from the lower to the higher and back.
    std::set<std::array<std::uint64_t, 4>> seen;
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
        const auto [low, high] = graph.edges()[i];
        const LinkBandwidth bandwidth = graph.traits(i).bandwidth.value();
        seen.insert({topology->regions[low], topology->regions[high], bandwidth.from_low_bps,
                     bandwidth.from_high_bps});
    }
    const std::set<std::array<std::uint64_t, 4>> expected{
        {0, 0, 900, 900}, {0, 1, 70, 50}, {1, 0, 50, 70}, {1, 1, 50, 50}};
    EXPECT_EQ(seen, expected);
}

TEST(Geographic, LinksAllWithAllWhereMoreIsWanted) {
    RegionModel model;
    model.regions = {{"a", 1'000'000, 1, 1}};
    model.mean_latency = {milliseconds(1)};
    model.outbound_links_cdf_ppm = {0, 0, 0, 0, 0, 0, 0, 1'000'000};
    Random random{3};
    EXPECT_EQ(geographic(4, model, random)->graph.edges().size(), 6U);
    EXPECT_TRUE(geographic(1, model, random));
    EXPECT_FALSE(geographic(0, model, random));
    EXPECT_EQ(geographic(participants_max + 1, model, random).error().fault,
              TopologyFault::too_large);
}

TEST(Geographic, FollowsFromTheSeedAlone) {
    const auto model = regions_from_toml(internet_2019());
    Random first{4};
    Random same{4};
    EXPECT_EQ(*geographic(300, *model, first), *geographic(300, *model, same));
}

}  // namespace
}  // namespace bezant::sim
