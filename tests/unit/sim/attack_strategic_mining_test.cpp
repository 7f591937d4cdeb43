// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/strategic_mining.hpp"

#include <algorithm>
#include <cmath>

#include "sim/attacks/tie_network.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"

namespace bezant::sim {
namespace {

using test::AttackRun;

/// The theory's world: messages take no time beside the time of a block.
Scenario race(AttackKind kind, std::uint32_t blocks, PartsPerMillion share, PartsPerMillion gamma) {
    Scenario scenario = test::attacked(test::sampled(1, 12), kind, 3);
    scenario.attack.hash_share = share;
    scenario.attack.gamma = gamma;
    scenario.network.hashes_per_block = 10'000'000;
    scenario.virtual_time_max = seconds(1'000'000'000);
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.blocks = blocks;
    scenario.participant.ping_interval = {};
    scenario.checkers = false;
    return scenario;
}

Graph line(std::uint32_t participants) {
    std::vector<Edge> edges;
    for (std::uint32_t who = 1; who < participants; ++who) edges.push_back({who - 1, who});
    return Graph{participants, std::move(edges)};
}

/// By the archive alone: how much of the main chain the attacker's key has mined.
double counted_share(const AttackRun& run) {
    const Archive& archive = run.archive();
    const World& world = run.world();
    std::uint64_t his = 0;
    const Height top = archive.blocks()[world.common_tip()].height;
    for (Height at{1}; at <= top; at = next(at)) {
        const BlockIndex block = archive.blocks().ancestor(world.common_tip(), at);
        const Transaction& coinbase =
            archive.transactions()[archive.body(block).front()].transaction;
        const auto owner = world.owner_of(public_key_hash(coinbase.inputs.front().public_key));
        his += owner == world.scenario().attack.attacker ? 1U : 0U;
    }
    return static_cast<double>(his) / top.value;
}

/// Five standard deviations, by a bound: the races between two shared tips are independent, and on
/// the mean a block of the main chain takes part in less than one that is longer than three blocks.
/// A false alarm has a chance below 1e-5.
double tolerance(std::uint32_t blocks) { return 5 * std::sqrt(0.25 * 3 / blocks); }

TEST(StrategicMining, EarnsWhatTheorySays) {
    const auto blocks = static_cast<std::uint32_t>(bezant::test::seeds_to_try(2'000));
    struct Case {
        AttackKind kind;
        PartsPerMillion share;
        PartsPerMillion gamma;
    };
    for (const auto& [kind, share, gamma] :
         {Case{AttackKind::selfish, 350'000, 0}, Case{AttackKind::selfish, 400'000, 500'000},
          Case{AttackKind::lead_stubborn, 400'000, 800'000},
          Case{AttackKind::fork_stubborn, 400'000, 500'000},
          Case{AttackKind::stubborn, 350'000, 900'000},
          Case{AttackKind::optimal_selfish, 350'000, 500'000}}) {
        const AttackRun run{race(kind, blocks, share, gamma), line(12)};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        const auto& revenue = run.figure("revenue_share");
        EXPECT_NEAR(revenue.value, revenue.theory.value(), tolerance(blocks))
            << run.outcome().name << " with " << share << ", " << gamma;
        EXPECT_NEAR(revenue.value, counted_share(run), 1e-9);
        EXPECT_EQ(run.outcome().succeeded, revenue.value > run.figure("hash_share").value);
    }
}

TEST(StrategicMining, AHigherShareIsEarnedOnlyWhereBlocksAreLost) {
    const auto blocks = static_cast<std::uint32_t>(bezant::test::seeds_to_try(1'000));
    const AttackRun run{race(AttackKind::selfish, blocks, 400'000, 500'000), line(12)};
    ASSERT_NO_FATAL_FAILURE(run.expect_sound());
    const double lost = run.figure("stale_his").value + run.figure("stale_others").value;
    EXPECT_EQ(lost, static_cast<double>(run.summary().blocks.stale));
    EXPECT_GT(run.figure("stale_others").value, run.figure("stale_his").value);
}

// The finder of the rival stays with it, whatever he hears first.
TEST(StrategicMining, InATieTheNetworkIsSplitAsAsked) {
    const auto blocks = static_cast<std::uint32_t>(bezant::test::seeds_to_try(1'000));
    for (const PartsPerMillion gamma : {0U, 250'000U, 500'000U, 750'000U, 1'000'000U}) {
        const AttackRun run{race(AttackKind::selfish, blocks, 400'000, gamma), line(12)};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        const auto& split = run.figure("tie_share");
        EXPECT_NEAR(split.theory.value(), std::min(gamma, 900'000U) / 1e6, 2e-3) << gamma;
        EXPECT_NEAR(split.value, split.theory.value(), 0.03) << gamma;
    }
}

TEST(StrategicMining, WorksOnAnyNetworkWithRealWorkAndPayments) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(6); ++seed) {
        Scenario scenario = test::attacked(test::classroom(seed), AttackKind::optimal_selfish, 9);
        scenario.network.hashes_per_block = 500;
        scenario.workload.kind = WorkloadKind::stream;
        scenario.workload.blocks = 60;
        scenario.workload.payments_per_1000_seconds = 500;
        scenario.encode_messages = seed % 2 == 0;
        const AttackRun run{std::move(scenario), test::ten_participants()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_GT(run.summary().transactions.confirmed, 0U) << run.seed_text();
        EXPECT_GT(run.figure("revenue_share").value, 0.0) << run.seed_text();
        EXPECT_TRUE(run.drops.empty()) << run.seed_text() << ": he breaks no rule";
    }
}

}  // namespace
}  // namespace bezant::sim
