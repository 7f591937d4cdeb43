// SPDX-License-Identifier: Apache-2.0
// Compact blocks as whole participants send them, beside compact blocks as the relay model has
// them, fed with what was measured of the former: the same network, the same blocks, found at the
// same moments. docs/scenarios.md says what comes of that ("Compact blocks, real and modelled").
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/measurement.hpp"
#include "sim/relay/relay_engine.hpp"
#include "sim/scenario_file.hpp"
#include "sim/topology/geographic.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::sim {
namespace {

using test::text_of;

Scenario built_in_compact() {
    return *scenario_from_toml(*built_in_file("compact.toml"), "compact.toml");
}

/// The built-in one, of half as many participants and a third of the blocks.
Scenario shortened(std::uint64_t seed) {
    Scenario scenario = built_in_compact();
    scenario.seed = seed;
    scenario.participants = 40;
    scenario.workload.blocks = 20;
    return scenario;
}

/// How compact blocks came to whom, and who lacked payments of which.
struct CompactWays final : Observer {
    void delivered(const ObservedWorld&, ParticipantId from, ParticipantId to,
                   const Message& message) override {
        if (const auto* request = std::get_if<GetCompactBlock>(&message)) {
            asked.insert({request->block.value, from, to});
        } else if (const auto* lack = std::get_if<GetMissingTransactions>(&message)) {
            lacking[lack->block.value].insert(from);
        } else if (const auto* compact = std::get_if<CompactBlock>(&message)) {
            const bool is_first = come.insert({compact->block.value, to}).second;
            if (is_first && !asked.contains({compact->block.value, to, from})) ++unasked;
        }
    }

    std::set<std::tuple<std::uint32_t, ParticipantId, ParticipantId>> asked;
    std::set<std::pair<std::uint32_t, ParticipantId>> come;
    std::uint64_t unasked = 0;  ///< of the first copies
    std::map<std::uint32_t, std::set<ParticipantId>> lacking;
};

/// The keys of relay that say what was measured.
RelaySettings as_measured(const CompactBlocks& counts) {
    const auto parts = [](double share) {
        return static_cast<PartsPerMillion>(std::lround(share * one_million));
    };
    RelaySettings relay;
    relay.block_bytes = static_cast<std::uint32_t>(std::lround(counts.whole_bytes_mean()));
    relay.compact_share = one_million;
    relay.compact_bytes = static_cast<std::uint32_t>(std::lround(counts.bytes_mean()));
    relay.failure_staying = parts(counts.failure_share());
    relay.missing_staying = {parts(counts.missing_share())};
    return relay;
}

/// A run of whole participants.
struct WholeRun {
    explicit WholeRun(const Scenario& the_scenario)
        : scenario(the_scenario),
          topology(network_of(the_scenario, regions)),
          world(the_scenario, topology.graph) {
        world.add_observer(ways);
        const auto outcome = world.run();
        EXPECT_TRUE(outcome) << text_of(outcome.error());
        summary = outcome.value_or(Summary{});
    }

    static Topology network_of(const Scenario& scenario, const RegionModel& regions) {
        Random random = Random{scenario.seed}.stream("topology");
        return *geographic(scenario.participants, regions, random);
    }

    Scenario scenario;
    RegionModel regions = *regions_from_toml(*built_in_file("internet_2019.toml"));
    Topology topology;
    CompactWays ways;
    World world;
    Summary summary;
};

/// Relays find the same blocks at the same moments.
Summary::Propagation modelled(const WholeRun& run, const RelaySettings& relay) {
    Scenario scenario = run.scenario;
    scenario.relay = relay;
    const RelayNetwork network{run.topology, run.regions, scenario};
    RelayEngine engine{network, scenario.relay, Random{scenario.seed}};
    const Time start{run.world.now().microseconds - run.world.elapsed().microseconds};
    for (std::uint32_t index = 1; index < run.world.archive().blocks().size(); ++index) {
        const BlockHistory& history = *run.world.history(BlockIndex{index});
        engine.advance_to(static_cast<std::uint64_t>((history.mined - start).microseconds));
        engine.find_block(history.miner.value(), relay.block_bytes);
    }
    engine.finish();
    return propagation_of(engine.times());
}

double ratio_of(Duration one, Duration other) {
    return static_cast<double>(one.microseconds) / static_cast<double>(other.microseconds);
}

/// How much more the number of those who lack payments varies from block to block than if each
/// were as likely to as any other, whatever the block.
double excess_variance(const WholeRun& run) {
    const auto blocks = static_cast<double>(run.summary.blocks.mined);
    const double receivers = run.scenario.participants - 1;
    const double share = run.summary.compact_blocks->failure_share();
    double squares = 0;
    for (std::uint32_t block = 1; block <= run.summary.blocks.mined; ++block) {
        const auto found = run.ways.lacking.find(block);
        const double lacking =
            found == run.ways.lacking.end() ? 0 : static_cast<double>(found->second.size());
        squares += (lacking - share * receivers) * (lacking - share * receivers);
    }
    return squares / blocks / (receivers * share * (1 - share));
}

// So what is wrong with the model is about compact blocks alone.
TEST(WholeBlocks, SpreadAsTheModelOfThemSays) {
    Scenario scenario = shortened(1);
    scenario.participant.block_relay = BlockRelay::headers;
    const WholeRun run{scenario};
    RelaySettings relay = scenario.relay;
    relay.compact_share = 0;
    const Summary::Propagation model = modelled(run, relay);
    ASSERT_EQ(model.samples, run.summary.propagation.samples);
    EXPECT_NEAR(ratio_of(model.p50, run.summary.propagation.p50), 1, 0.1);
    EXPECT_NEAR(ratio_of(model.p90, run.summary.propagation.p90), 1, 0.1);
}

TEST(CompactBlocks, SpreadFasterThanTheModelOfThemSays) {
    for (const std::uint64_t seed : {1U, 2U}) {
        const WholeRun run{shortened(seed)};
        const CompactBlocks& counts = run.summary.compact_blocks.value();
        const Summary::Propagation& whole = run.summary.propagation;
        RelaySettings relay = as_measured(counts);
        const Summary::Propagation model = modelled(run, relay);
        ASSERT_EQ(model.samples, whole.samples) << "the same blocks, to the same participants";
        EXPECT_GT(ratio_of(model.p50, whole.p50), 1.4) << "seed " << seed;
        EXPECT_LT(ratio_of(model.p50, whole.p50), 2.5) << "seed " << seed;
        EXPECT_GT(ratio_of(model.p90, whole.p90), 1.0) << "seed " << seed;
        EXPECT_LT(ratio_of(model.p90, whole.p90), 1.7) << "seed " << seed;

        // First, because most come without having been asked for, which saves a round trip. So the
        // model is slower even where nobody lacks anything.
        EXPECT_GT(run.ways.unasked * 2, counts.first);
        relay.failure_staying = 0;
        const Summary::Propagation never = modelled(run, relay);
        EXPECT_GT(ratio_of(never.p50, whole.p50), 1.3) << "seed " << seed;
        EXPECT_LT(never.p90, model.p90) << "seed " << seed;

        // Second, because it is blocks that have fresh payments, and not receivers who lack them:
        // most blocks are held up nowhere, where the model holds up each of them somewhere.
        EXPECT_GT(excess_variance(run), 5) << "seed " << seed;
    }
}

}  // namespace
}  // namespace bezant::sim
