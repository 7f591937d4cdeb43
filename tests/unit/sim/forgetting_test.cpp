// SPDX-License-Identifier: Apache-2.0
// A world that forgets what is settled, beside the same world that forgets nothing.
#include "sim/forgetting.hpp"

#include <gtest/gtest.h>

#include "tests/seeds.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::sim {
namespace {

using test::random_graph;
using test::sampled;
using test::text_of;

/// Payments all the time, blocks so often that there are forks, and links that fail.
Scenario restless(Random& random) {
    Scenario scenario =
        sampled(random.next() % 1'000'000, 4 + static_cast<std::uint32_t>(random.below(8)));
    scenario.network.allocation = bezants(100);
    scenario.network.hashes_per_block = 2'000 + random.below(10'000);
    scenario.link.latency_max = milliseconds(50 + random.between(0, 3'000));
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.duration = seconds(600);
    scenario.workload.payments_per_1000_seconds = 1'000;
    scenario.workload.hops_max = 0;
    scenario.workload.amount_max = bezants(1);
    scenario.participant.transactions_in_memory_min = 1 + random.below(60);
    if (random.chance(1, 2)) scenario.participant.block_relay = BlockRelay::compact;
    scenario.encode_messages = random.chance(1, 3);
    if (random.chance(1, 2)) {
        scenario.chaos.until = seconds(300);
        scenario.chaos.crashes = false;
    }
    return scenario;
}

Graph links_of(const Scenario& scenario) {
    Random random{scenario.seed};
    return random_graph(random, scenario.participants);
}

enum class History : std::uint8_t { kept, forgotten };

struct Ran {
    Ran(const Scenario& scenario, Graph graph, History history)
        : world{scenario, std::move(graph)} {
        if (history == History::kept) world.keep_history();
        auto result = world.run();
        EXPECT_TRUE(result) << text_of(result.error());
        summary = result.value_or(Summary{});
    }

    [[nodiscard]] std::size_t known() const { return world.archive().transactions().known_count(); }

    World world;
    Summary summary;
};

void expect_same(const Summary& left, const Summary& right) {
    EXPECT_EQ(left.digest, right.digest);
    EXPECT_EQ(left.events, right.events);
    EXPECT_EQ(left.transactions.created, right.transactions.created);
    EXPECT_EQ(left.transactions.confirmed, right.transactions.confirmed);
    EXPECT_EQ(left.transactions.rejected, right.transactions.rejected);
    EXPECT_EQ(left.transactions.pending, right.transactions.pending);
    EXPECT_EQ(left.blocks.stale, right.blocks.stale);
    EXPECT_EQ(left.agreement.tip, right.agreement.tip);
    EXPECT_EQ(left.ledger.coins, right.ledger.coins);
    EXPECT_EQ(left.ledger.coin_count, right.ledger.coin_count);
    EXPECT_EQ(left.ledger.fees, right.ledger.fees);
    EXPECT_EQ(left.ledger.by_participant, right.ledger.by_participant);
    EXPECT_EQ(left.rejections, right.rejections);
    EXPECT_EQ(left.checker_steps, right.checker_steps);
    EXPECT_TRUE(right.ledger.balanced);
}

void expect_same_outlines(const World& forgetful, const World& whole) {
    const Archive& archive = whole.archive();
    for (BlockIndex block = whole.common_tip(); block != genesis_index;
         block = archive.blocks()[block].parent) {
        EXPECT_EQ(forgetful.archive().outline(block).miner, archive.outline(block).miner);
        EXPECT_EQ(forgetful.archive().outline(block).transactions, archive.body(block).size());
    }
}

TEST(SettledFacts, AreForgottenAndChangeNothing) {
    std::size_t forgotten = 0;
    std::uint64_t stale = 0;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(20); ++seed) {
        SCOPED_TRACE(seed);
        Random random{seed};
        const Scenario scenario = restless(random);
        const Ran whole{scenario, links_of(scenario), History::kept};
        const Ran forgetful{scenario, links_of(scenario), History::forgotten};
        expect_same(forgetful.summary, whole.summary);
        expect_same_outlines(forgetful.world, whole.world);
        forgotten += whole.known() - forgetful.known();
        stale += whole.summary.blocks.stale;
    }
    EXPECT_GT(forgotten, 500U);
    EXPECT_GT(stale, 5U);
}

/// Three who are near each other, but for one link, over which everything comes when it is long
/// settled.
TEST(SettledFacts, StayWhileAMessageThatNamesThemIsUnderWay) {
    Random random{4};
    Scenario scenario = restless(random);
    scenario.participants = 3;
    scenario.chaos.until = {};
    scenario.participant.transactions_in_memory_min = 1;
    scenario.participant.block_relay = BlockRelay::compact;
    scenario.participant.announce_interval = milliseconds(100);
    const Graph graph{3,
                      {{0, 1}, {0, 2}, {1, 2}},
                      {{.latency = milliseconds(1), .bandwidth = {}},
                       {.latency = seconds(15), .bandwidth = {}},
                       {.latency = milliseconds(1), .bandwidth = {}}}};
    const Ran whole{scenario, graph, History::kept};
    const Ran forgetful{scenario, graph, History::forgotten};
    expect_same(forgetful.summary, whole.summary);
    EXPECT_GT(forgetful.world.archive().payments_settled(), 300U);
}

/// What is unspent stays, however old; what is spent leaves no coin behind.
TEST(SettledFacts, LeaveTheUnspentCoinsAndLittleElse) {
    Random random{3};
    Scenario scenario = restless(random);
    scenario.chaos.until = {};
    scenario.participant.transactions_in_memory_min = 20;
    scenario.workload.duration = seconds(3'000);
    const Ran run{scenario, links_of(scenario), History::forgotten};
    EXPECT_GT(run.summary.transactions.created, 1'000U);
    EXPECT_LT(run.known(), 300U);
    EXPECT_LT(run.world.archive().coins().size(), run.summary.ledger.coin_count + 1'200);
}

TEST(SettledFacts, StayWhereSomebodyMayAskForThem) {
    Random random{5};
    Scenario scenario = restless(random);
    scenario.chaos.until = {};
    scenario.participant.transactions_in_memory_min = 1;
    Scenario crashing = scenario;
    crashing.faults.push_back({.kind = FaultKind::crash,
                               .at = seconds(100),
                               .participants = {1},
                               .neighbour = {},
                               .skew = {}});
    crashing.faults.push_back({.kind = FaultKind::restart,
                               .at = seconds(200),
                               .participants = {1},
                               .neighbour = {},
                               .skew = {}});
    const Ran forgetful{scenario, links_of(scenario), History::forgotten};
    EXPECT_GT(forgetful.world.archive().payments_settled(), 0U);
    const Ran careful{crashing, links_of(crashing), History::forgotten};
    EXPECT_EQ(careful.world.archive().payments_settled(), 0U);
    Scenario leaving = crashing;
    leaving.faults.front().kind = FaultKind::leave;
    const Ran polite{leaving, links_of(leaving), History::forgotten};
    EXPECT_EQ(polite.world.archive().payments_settled(), 0U);
    Scenario churning = scenario;
    churning.churn.until = seconds(300);
    churning.churn.online_mean = churning.churn.offline_mean = seconds(60);
    const Ran patient{churning, links_of(churning), History::forgotten};
    EXPECT_EQ(patient.world.archive().payments_settled(), 0U);
}

}  // namespace
}  // namespace bezant::sim
