// SPDX-License-Identifier: Apache-2.0
#include "sim/faults.hpp"

#include <gtest/gtest.h>

#include "tests/seeds.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::sim {
namespace {

using test::sampled;
using test::ten_participants;
using test::text_of;

Fault fault_of(FaultKind kind, Duration at, std::vector<std::uint32_t> participants = {}) {
    return {.kind = kind,
            .at = at,
            .participants = std::move(participants),
            .neighbour = {},
            .skew = {}};
}

Summary run(Scenario scenario, Graph graph) {
    World world{std::move(scenario), std::move(graph)};
    auto summary = world.run();
    EXPECT_TRUE(summary) << text_of(summary.error());
    if (!summary) return {};
    EXPECT_EQ(summary->agreement.tips, 1U) << "seed " << summary->seed;
    EXPECT_TRUE(summary->ledger.balanced) << "seed " << summary->seed;
    return *summary;
}

TEST(Faults, FiveAgainstFiveGrowTwoChainsAndAgreeWhenHealed) {
    Scenario scenario = sampled(3, 10);
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.duration = seconds(400);
    scenario.workload.payments_per_1000_seconds = 200;
    scenario.faults = {fault_of(FaultKind::partition, seconds(50), {2, 3, 4, 5, 8}),
                       fault_of(FaultKind::heal, seconds(300))};
    const Summary summary = run(std::move(scenario), ten_participants());
    EXPECT_GE(summary.blocks.stale, 5U);
    EXPECT_TRUE(summary.dropped_peers.empty());
}

TEST(Faults, WhoCrashesCatchesUpWhenRestarted) {
    Scenario scenario = sampled(4, 10);
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.duration = seconds(300);
    scenario.workload.payments_per_1000_seconds = 200;
    scenario.faults = {fault_of(FaultKind::crash, seconds(100), {3, 9}),
                       fault_of(FaultKind::restart, seconds(250), {3, 9})};
    EXPECT_GE(run(std::move(scenario), ten_participants()).agreement.height.value, 10U);
}

TEST(Faults, ALateJoinerCatchesUpAfterTheRestIsDone) {
    Scenario scenario = sampled(5, 10);
    scenario.faults = {fault_of(FaultKind::crash, Duration{}, {8}),
                       fault_of(FaultKind::restart, seconds(5'000), {8})};
    EXPECT_GE(run(std::move(scenario), ten_participants()).virtual_time, seconds(5'000));
}

TEST(Faults, APartitionThatNeverHealsIsAFailureToConverge) {
    Scenario scenario = sampled(6, 10);
    scenario.virtual_time_max = seconds(1'000);
    scenario.faults = {fault_of(FaultKind::partition, seconds(1), {5})};
    World world{std::move(scenario), ten_participants()};
    const auto summary = world.run();
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().check, "no_convergence");
    EXPECT_EQ(summary.error().seed, 6U);
}

/// A world of random size, links, work load and troubles.
Scenario random_scenario(std::uint64_t seed, Random& random, std::uint32_t participants) {
    Scenario scenario = sampled(seed, participants);
    if (random.chance(1, 8)) scenario.network.proof_of_work = ProofOfWork::searched;
    if (random.chance(1, 4)) scenario.network.schedule = TargetSchedule::asert;
    scenario.link.loss = static_cast<PartsPerMillion>(random.below(100'000));
    scenario.link.jitter = Duration{random.between(0, 200'000)};
    scenario.link.bandwidth_bps = random.chance(1, 2) ? 0 : 100'000 + random.below(10'000'000);
    scenario.workload.rounds = 3;
    if (random.chance(1, 2)) {
        scenario.workload.kind = WorkloadKind::stream;
        scenario.workload.duration = seconds(200);
        scenario.workload.payments_per_1000_seconds = 300;
    }
    scenario.chaos.until = seconds(150);
    scenario.chaos.mean_gap = seconds(random.between(2, 30));
    scenario.chaos.clock_skew = random.chance(1, 2);
    scenario.encode_messages = random.chance(1, 4);
    return scenario;
}

TEST(Faults, AnyNetworkConvergesAfterHealingAndNoCheckerFires) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(60); ++seed) {
        Random random{seed};
        const auto most = random.chance(1, 10) ? 200U : 30U;
        const auto participants = 2 + static_cast<std::uint32_t>(random.below(most - 1));
        const Graph graph = test::random_graph(random, participants);
        const Summary summary = run(random_scenario(seed, random, participants), graph);
        const auto& payments = summary.transactions;
        EXPECT_EQ(payments.created, payments.confirmed + payments.rejected + payments.pending);
    }
}

}  // namespace
}  // namespace bezant::sim
