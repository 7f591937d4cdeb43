// SPDX-License-Identifier: Apache-2.0
#include "sim/relay/relay_engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

#include "node/message_codec.hpp"
#include "sim/relay/relay_world.hpp"
#include "sim/topology/graph_distance.hpp"
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
    EXPECT_GT(stale, 5U) << "rivals are what makes it interesting";
}

/// A tree whose links differ so much in latency that no small message changes an order.
Topology spaced_tree(std::uint32_t participants, std::uint64_t bandwidth_bps, RegionModel& model,
                     Random& random) {
    std::vector<std::int64_t> steps(participants);
    for (std::uint32_t who = 0; who < participants; ++who) steps[who] = who + 1;
    random.shuffle(steps);
    model.regions.assign(participants, {.name = {},
                                        .share_ppm = 0,
                                        .upload_bps = bandwidth_bps,
                                        .download_bps = bandwidth_bps * 2});
    model.mean_latency.assign(std::size_t{participants} * participants, milliseconds(1));
    std::vector<Edge> edges;
    for (std::uint32_t who = 1; who < participants; ++who) {
        const auto to = static_cast<std::uint32_t>(random.below(std::min(who, 3U)));
        edges.push_back({to, who});
        const Duration latency = milliseconds(60) * steps[who];
        model.mean_latency[to * participants + who] = latency;
        model.mean_latency[who * participants + to] = latency;
    }
    return with_latencies(Graph{participants, edges}, model);
}

/// Participant 0 alone mines: a block in hours, and the first has so many payments, all of them
/// long known to everyone, that the block is what takes time.
Scenario of_a_large_block(std::uint64_t seed, std::uint32_t participants) {
    Scenario scenario = of_blocks_alone(seed, participants);
    scenario.workload.blocks = 1;
    scenario.workload.payments_per_1000_seconds = 2'000;
    scenario.workload.payments_max = 150;
    scenario.workload.hops_max = 0;
    scenario.workload.amount_max = bezants(1);
    scenario.network.allocation = bezants(1'000);
    scenario.network.allocation_coins = 100;
    scenario.network.hashes_per_block = 100'000'000;
    scenario.mining.miners = 1;
    scenario.virtual_time_max = seconds(100'000'000);
    scenario.participant.ping_interval = {};
    scenario.link.bandwidth_bps = 1'000'000;
    scenario.link.shared_upload = true;
    return scenario;
}

/// How far apart relays and whole participants are for each block and participant, by link on the
/// way from the miner; the most of all.
std::int64_t apart_us_a_hop(const Scenario& scenario, const Topology& topology,
                            const RegionModel& model) {
    World world{scenario, topology.graph};
    WholeTimes whole;
    world.add_observer(whole);
    const auto summary = world.run();
    EXPECT_TRUE(summary) << text_of(summary.error());
    const RelayNetwork network{topology, model, scenario};
    RelayEngine engine{network, scenario.relay, Random{scenario.seed}};
    RelayTimes relayed;
    engine.watch(relayed);
    const auto hops = hop_distances(topology.graph, 0);
    std::map<std::uint32_t, RelayBlockIndex> same;
    for (const Found& found : whole.found) {
        engine.advance_to(static_cast<std::uint64_t>(found.at_us));
        const std::size_t bytes = encoded_size(BlockMessage{.block = found.block}, world.archive());
        EXPECT_GT(bytes, 20'000U) << "or headers take as long, seed " << scenario.seed;
        same[found.block.value] = engine.find_block(found.miner, static_cast<std::uint32_t>(bytes));
    }
    engine.finish();
    std::int64_t most = 0;
    for (const auto& [key, at] : whole.times) {
        const auto [block, who] = key;
        if (!same.contains(block) || who == 0) continue;
        most = std::max(most, std::abs(at - relayed.times.at({same.at(block), who})) / hops[who]);
    }
    return most;
}

// A whole participant's announcements and requests use the line, too: some milliseconds a hop,
// where a block takes a tenth of a second or more.
TEST(RelayEngine, UploadsBlocksOneAfterTheOtherAsWholeParticipantsDoOnASharedLine) {
    std::int64_t apart_without = 0;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(6); ++seed) {
        Random random{seed};
        const auto participants = static_cast<std::uint32_t>(random.between(5, 9));
        RegionModel model;
        Scenario scenario = of_a_large_block(seed, participants);
        const Topology topology =
            spaced_tree(participants, scenario.link.bandwidth_bps, model, random);
        EXPECT_LT(apart_us_a_hop(scenario, topology, model), 15'000) << "seed " << seed;
        scenario.link.shared_upload = false;
        apart_without = std::max(apart_without, apart_us_a_hop(scenario, topology, model));
    }
    EXPECT_GT(apart_without, 50'000);
}

/// When participant 0 is first heard after a moment.
struct FirstHeard final : Observer {
    void delivered(const ObservedWorld& world, ParticipantId from, ParticipantId /*to*/,
                   const Message& /*message*/) override {
        if (from == 0 && world.elapsed() > after && !at) at = world.elapsed();
    }
    Duration after{INT64_MAX};
    std::optional<Duration> at;
};

// What he had yet to upload when he went takes no time of his line when he is back.
TEST(World, ForgetsWhatWasOnASharedLineWhenItsSenderGoes) {
    Random random{1};
    RegionModel model;
    Scenario scenario = of_a_large_block(1, 5);
    scenario.link.bandwidth_bps = 100'000;  // the block takes two seconds for each neighbour
    const Topology topology = spaced_tree(5, scenario.link.bandwidth_bps, model, random);
    World undisturbed{scenario, topology.graph};
    WholeTimes times;
    undisturbed.add_observer(times);
    ASSERT_TRUE(undisturbed.run());
    const Duration leaves = Duration{times.found.front().at_us} + seconds(1);
    const Duration back = leaves + milliseconds(10);
    scenario.faults = {
        {.kind = FaultKind::leave, .at = leaves, .participants = {0}, .neighbour = {}},
        {.kind = FaultKind::restart, .at = back, .participants = {0}, .neighbour = {}}};
    World world{scenario, topology.graph};
    FirstHeard heard;
    heard.after = back;
    world.add_observer(heard);
    ASSERT_TRUE(world.run());
    EXPECT_LT(heard.at.value(), back + milliseconds(500));
}

}  // namespace
}  // namespace bezant::sim
