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
    if (random.chance(1, 2)) scenario.participant.block_relay = BlockRelay::compact;
    if (random.chance(1, 4)) {
        scenario.participant.mempool.bytes_max = 2'000;
        scenario.participant.fee_floor_interval = seconds(20);
    }
    return scenario;
}

/// Counts what happened, so that a test knows that something did.
struct Troubles final : Observer {
    void fault(const ObservedWorld&, const std::string&) override { ++faults; }
    void noticed(const ObservedWorld&, ParticipantId, const Notice& notice) override {
        const auto* moved = std::get_if<TipMoved>(&notice);
        if (moved != nullptr && !moved->change.disconnected.empty()) ++reorganisations;
    }
    int faults = 0;
    int reorganisations = 0;
};

/// What an honest neighbour may be dropped for, when the network or a crash is to blame.
bool may_be_innocent(const Count& dropped) {
    return dropped.name == to_text(Misconduct::silent) ||
           dropped.name == to_text(Misconduct::withheld_data);
}

TEST(Faults, AnyNetworkConvergesAfterHealingAndNoCheckerFires) {
    Troubles troubles;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(60); ++seed) {
        Random random{seed};
        const auto most = random.chance(1, 10) ? 200U : 30U;
        const auto participants = 2 + static_cast<std::uint32_t>(random.below(most - 1));
        const Graph graph = test::random_graph(random, participants);
        World world{random_scenario(seed, random, participants), graph};
        world.add_observer(troubles);
        const auto summary = world.run();
        ASSERT_TRUE(summary) << text_of(summary.error());
        EXPECT_EQ(summary->agreement.tips, 1U) << "seed " << seed;
        EXPECT_TRUE(summary->ledger.balanced) << "seed " << seed;
        const auto& payments = summary->transactions;
        EXPECT_EQ(payments.created, payments.confirmed + payments.rejected + payments.pending);
        EXPECT_TRUE(std::ranges::all_of(summary->dropped_peers, may_be_innocent)) << seed;
    }
    EXPECT_GT(troubles.faults, 0);
    EXPECT_GT(troubles.reorganisations, 0);
}

}  // namespace
}  // namespace bezant::sim
