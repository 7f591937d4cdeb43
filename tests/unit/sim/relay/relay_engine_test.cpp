// SPDX-License-Identifier: Apache-2.0
#include "sim/relay/relay_engine.hpp"

#include <gtest/gtest.h>

#include <map>
#include <utility>
#include <vector>

#include "sim/relay/relay_world.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::sim {
namespace {

using test::random_graph;
using test::sampled;
using test::text_of;

/// When each participant first had each block.
using Times = std::map<std::pair<std::uint32_t, ParticipantId>, std::int64_t>;

struct Found {
    BlockIndex block;
    ParticipantId miner = 0;
    std::int64_t at_us = 0;
};

/// What whole participants do.
struct WholeTimes final : Observer {
    void noticed(const ObservedWorld& world, ParticipantId who, const Notice& notice) override {
        const std::int64_t now = world.elapsed().microseconds;
        const auto had = [&](BlockIndex block) { times.try_emplace({block.value, who}, now); };
        if (const auto* moved = std::get_if<TipMoved>(&notice)) {
            for (const BlockIndex block : moved->change.connected) had(block);
        } else if (const auto* stale = std::get_if<BlockLeftStale>(&notice)) {
            had(stale->block);
        } else if (const auto* mined = std::get_if<BlockMined>(&notice)) {
            found.push_back({mined->block, who, now});
            had(mined->block);
        }
    }
    Times times;
    std::vector<Found> found;
};

struct RelayTimes final : RelayObserver {
    void reached(RelayBlockIndex block, ParticipantId who, std::uint64_t at_us) override {
        times.try_emplace({block, who}, static_cast<std::int64_t>(at_us));
    }
    Times times;
};

/// A world of whole participants with nothing to pay, whose work takes no time.
Scenario of_blocks_alone(std::uint64_t seed, std::uint32_t participants) {
    Scenario scenario = sampled(seed, participants);
    scenario.network.hashes_per_block = 4'000;
    scenario.mining.hash_rate = 1'000;  // a block every four seconds
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.blocks = 60;
    scenario.cost = {
        .per_signature = {}, .per_kilobyte = {}, .disk_sync_min = {}, .disk_sync_max = {}};
    return scenario;
}

/// Everyone lives in a region of his own, so that each link has a latency of its own.
RegionModel own_regions(std::uint32_t participants, Random& random) {
    RegionModel model;
    model.regions.resize(participants);
    model.mean_latency.resize(std::size_t{participants} * participants);
    for (std::uint32_t one = 0; one < participants; ++one) {
        for (std::uint32_t other = 0; other < one; ++other) {
            const Duration latency{random.between(1'000, 300'000)};
            model.mean_latency[one * participants + other] = latency;
            model.mean_latency[other * participants + one] = latency;
        }
    }
    return model;
}

Topology with_latencies(const Graph& graph, const RegionModel& model) {
    std::vector<LinkTraits> traits;
    for (const Edge& edge : graph.edges())
        traits.push_back({.latency = model.latency(edge.low, edge.high), .bandwidth = {}});
    Topology topology{
        Graph{graph.node_count(), {graph.edges().begin(), graph.edges().end()}, traits}, {}, {}};
    for (std::uint32_t who = 0; who < graph.node_count(); ++who) topology.regions.push_back(who);
    return topology;
}

/// The first few that differ, in words.
std::string differences(const Times& relayed, const Times& whole) {
    std::string text;
    int left = 8;
    const auto time_in = [](const Times& times, const auto& key) {
        const auto found = times.find(key);
        return found == times.end() ? -1 : found->second;
    };
    Times all = relayed;
    all.insert(whole.begin(), whole.end());
    for (const auto& [key, at] : all) {
        if (time_in(relayed, key) == time_in(whole, key) || left-- <= 0) continue;
        text += fmt::format("block {} at {}: relayed {}, whole {}\n", key.first, key.second,
                            time_in(relayed, key), time_in(whole, key));
    }
    return text;
}

TEST(RelayEngine, BringsEachBlockToEveryoneAtTheMomentAtWhichWholeParticipantsDo) {
    std::uint64_t stale = 0;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(20); ++seed) {
        Random random{seed};
        const auto participants = static_cast<std::uint32_t>(random.between(5, 30));
        const RegionModel model = own_regions(participants, random);
        const Topology topology = with_latencies(random_graph(random, participants), model);
        const Scenario scenario = of_blocks_alone(seed, participants);

        World world{scenario, topology.graph};
        WholeTimes whole;
        world.add_observer(whole);
        const auto summary = world.run();
        ASSERT_TRUE(summary) << text_of(summary.error());
        // Whole participants greet each other first, and then have all their links.
        constexpr std::int64_t greeted_us = 1'000'000;
        if (whole.found.front().at_us < greeted_us) continue;
        stale += summary->blocks.stale;

        const RelayNetwork network{topology, model, scenario};
        RelayEngine engine{network, scenario.relay, Random{seed}};
        RelayTimes relayed;
        engine.watch(relayed);
        std::map<std::uint32_t, RelayBlockIndex> same{{genesis_index.value, 0}};
        for (const Found& found : whole.found) {
            engine.advance_to(static_cast<std::uint64_t>(found.at_us));
            const BlockIndex parent = world.archive().blocks()[found.block].parent;
            ASSERT_EQ(engine.tip_of(found.miner), same.at(parent.value)) << "seed " << seed;
            same[found.block.value] = engine.find_block(found.miner, 1'000);
        }
        engine.finish();
        Times expected;
        for (const auto& [key, at] : whole.times) expected[{same.at(key.first), key.second}] = at;
        ASSERT_EQ(differences(relayed.times, expected), "") << "seed " << seed;
    }
    EXPECT_GT(stale, 20U) << "rivals are what makes it interesting";
}

}  // namespace
}  // namespace bezant::sim
