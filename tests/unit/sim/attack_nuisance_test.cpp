// SPDX-License-Identifier: Apache-2.0
// Attacks that take nothing from anybody, but hinder: and one who cuts the network.
#include <algorithm>
#include <cmath>

#include "sim/attacks/empty_blocks.hpp"
#include "sim/attacks/flood.hpp"
#include "sim/attacks/honest_clocks.hpp"
#include "sim/attacks/odds.hpp"
#include "sim/attacks/partition_attack.hpp"
#include "sim/attacks/payments_of_others.hpp"
#include "sim/attacks/time_warp.hpp"
#include "sim/attacks/withholding.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"
#include "tests/unit/sim/binomial.hpp"

namespace bezant::sim {
namespace {

using test::AttackRun;

Graph eight() {
    return Graph{8,
                 {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 7}, {0, 7}, {0, 4}, {2, 6}}};
}

Scenario stream(AttackKind kind, std::uint64_t seed, std::uint32_t blocks) {
    Scenario scenario = test::attacked(test::sampled(seed, 8), kind, 3);
    scenario.network.hashes_per_block = 60'000;
    scenario.network.allocation = bezants(100);
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.blocks = blocks;
    scenario.workload.payments_per_1000_seconds = 50;
    scenario.workload.amount_max = bezants(1);
    return scenario;
}

std::uint64_t blocks_of(const AttackRun& run, ParticipantId miner) {
    std::uint64_t count = 0;
    const BlockTree& blocks = run.archive().blocks();
    for (BlockIndex at = run.world().common_tip(); at != genesis_index; at = blocks[at].parent)
        count += run.world().history(at)->miner == miner ? 1U : 0U;
    return count;
}

std::uint64_t payments_with_fee(const AttackRun& run, Amount fee) {
    const TransactionTable& payments = run.archive().transactions();
    std::uint64_t count = 0;
    for (std::uint32_t index = 0; index < payments.size(); ++index)
        count += payments[TransactionIndex{index}].fee == fee ? 1U : 0U;
    return count;
}

TEST(Withholding, CostsTheOthersNothingButTheTimeToAskAndHimAllHisBlocks) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(20); ++seed) {
        Scenario scenario = stream(AttackKind::withholding, seed, 20);
        scenario.participant.block_relay =
            seed % 2 == 0 ? BlockRelay::compact : BlockRelay::headers;
        const AttackRun run{std::move(scenario), eight()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_EQ(blocks_of(run, 3), 0U) << run.seed_text();
        EXPECT_FALSE(run.outcome().succeeded);
        EXPECT_GE(run.summary().agreement.height.value, 20U);
        for (const AttackRun::Drop& drop : run.drops) {
            EXPECT_EQ(drop.misconduct, Misconduct::withheld_data) << run.seed_text();
            EXPECT_TRUE(run.world().graph().has_edge(drop.by, 3)) << run.seed_text();
        }
        if (run.figure("blocks_withheld").value == 0) continue;
        EXPECT_FALSE(run.drops.empty()) << run.seed_text();
        EXPECT_GE(run.figure("waited_seconds").value, 40.0) << run.seed_text();
    }
}

TEST(EmptyBlocks, MakePaymentsWaitForTheOthersAndAreEmpty) {
    const auto blocks = static_cast<std::uint32_t>(bezant::test::seeds_to_try(400));
    Scenario scenario = stream(AttackKind::empty_blocks, 1, std::max(blocks, 100U));
    scenario.attack.hash_share = 400'000;
    const AttackRun run{std::move(scenario), eight()};
    ASSERT_NO_FATAL_FAILURE(run.expect_sound());
    const BlockTree& tree = run.archive().blocks();
    for (BlockIndex at = run.world().common_tip(); at != genesis_index; at = tree[at].parent)
        EXPECT_TRUE(run.world().history(at)->miner != 3U || run.archive().body(at).size() == 1);
    const std::uint32_t height = run.summary().agreement.height.value;
    EXPECT_GT(test::tail(blocks_of(run, 3), height, 0.4), 1e-4);
    EXPECT_NEAR(run.figure("waited_blocks").value, 1 / 0.6, 0.35);
}

TEST(Flood, FillsNoPoolBeyondItsBoundAndKeepsNobodysPaymentOut) {
    double fullest = 0;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(4); ++seed) {
        Scenario scenario = stream(AttackKind::flood, seed, 20);
        scenario.network.hashes_per_block = 10'000;
        scenario.workload.payments_per_1000_seconds = 300;
        scenario.workload.payments_max = 40;
        const AttackRun run{std::move(scenario), eight()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_FALSE(run.outcome().succeeded) << run.outcome().detail;
        EXPECT_EQ(run.figure("spam").value, 400) << run.seed_text();
        EXPECT_EQ(payments_with_fee(run, Amount{1}), 400U) << run.seed_text();
        fullest = std::max(fullest, run.figure("fullest_pool_bytes").value);
        EXPECT_LE(run.figure("fullest_pool_bytes").value, 40'000) << run.seed_text();
        EXPECT_GE(run.figure("honest_confirmed").value, 15) << run.seed_text();
    }
    EXPECT_GT(fullest, 30'000) << "a block may come when the flood has just begun, but not always";
}

TEST(PaymentsOfOthers, AreKeptOutWhereBlocksAreEmptyAndNotWhereTheyEndTooSoon) {
    std::uint64_t too_late = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        const bool is_empty = seed == 1;
        Scenario scenario = stream(is_empty ? AttackKind::empty_blocks : AttackKind::none, seed, 0);
        scenario.workload.duration = seconds(200);  // which is not when a block comes
        scenario.attack.hash_share = one_million;
        scenario.network.hashes_per_block = 10'000;
        scenario.workload.payments_per_1000_seconds = 1'000;
        World world{scenario, eight()};
        const auto summary = world.run();
        ASSERT_TRUE(summary) << test::text_of(summary.error());
        const PaymentsMade payments = payments_of_others(world, {});
        EXPECT_EQ(payments.made, summary->transactions.created);
        EXPECT_EQ(payments.confirmed, summary->transactions.confirmed);
        EXPECT_EQ(payments.is_one_kept_out, is_empty);
        if (!is_empty) too_late += payments.made - payments.confirmed;
    }
    EXPECT_GT(too_late, 0U);
}

TEST(PartitionAttack, SucceedsAsOftenAsTheOtherSideFindsMoreBlocks) {
    const std::uint64_t tries = bezant::test::seeds_to_try(100);
    std::uint64_t successes = 0;
    double odds = 0;
    for (std::uint64_t seed = 1; seed <= tries; ++seed) {
        Scenario scenario = stream(AttackKind::partition, seed, 1);
        scenario.network.hashes_per_block = 600'000;
        scenario.workload.payments_per_1000_seconds = 0;
        scenario.attack.victim = 7;
        scenario.attack.confirmations = 2;
        scenario.mining.shares = {300'000, 50'000, 50'000, 50'000,
                                  200'000, 50'000, 50'000, 250'000};
        const AttackRun run{std::move(scenario), eight()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        odds = run.outcome().theory_odds.value();
        successes += run.outcome().succeeded ? 1U : 0U;
        EXPECT_TRUE(std::ranges::any_of(run.outcome().story, [](const auto& step) {
            return step.what.find("sees the payment with 2 confirmations") != std::string::npos;
        })) << run.seed_text();
    }
    EXPECT_GT(odds, 0.2);
    EXPECT_LT(odds, 0.8);
    EXPECT_GT(test::tail(successes, tries, odds), 1e-4)
        << successes << " of " << tries << ", expected " << odds * static_cast<double>(tries);
}

TEST(PartitionOdds, AreCertainForThoseWhoHaveAllAndNothingForThoseWhoHaveNothing) {
    EXPECT_NEAR(partition_odds(1'000'000, 3), 1.0, 1e-12);
    EXPECT_EQ(partition_odds(0, 3), 0.0);
    EXPECT_NEAR(partition_odds(500'000, 1), 0.25 + 0.5 * 0.25, 1e-12);  // m > 1: 1/4; m = 1: 1/4
    for (PartsPerMillion share = 100'000; share < 1'000'000; share += 100'000)
        EXPECT_LT(partition_odds(share - 100'000, 2), partition_odds(share, 2));
}

constexpr std::uint32_t warped_blocks = 2'000;
constexpr double minute = 60;
/// Two hours but a second.
constexpr double lie_seconds = 7'199;
/// Classroom's, in blocks.
constexpr double half_life_blocks = 288;

/// Chains with a liar and without, of the same luck, in doubles and from nothing but what
/// docs/attacks.md says of the rules: by how many blocks the first is ahead of the second.
double ahead_by_the_rules(double share, std::uint64_t seed) {
    Random random{seed};
    const auto target = [](double seconds, double height) {  // of the easiest
        return std::min(1.0, std::exp2((seconds / minute - height) / half_life_blocks));
    };
    double now = 0;
    double honest = 0;
    std::vector<double> times{0};
    for (std::uint32_t height = 1; height <= warped_blocks; ++height) {
        const auto last = static_cast<std::ptrdiff_t>(std::min<std::size_t>(times.size(), 11));
        std::vector<double> recent(times.end() - last, times.end());
        std::ranges::sort(recent);
        const double searched = static_cast<double>(random.exponential_q32()) / 4'294'967'296.0;
        now += searched * minute / 2 / target(times.back(), height);
        honest += searched * minute / 2 / target(honest, height);
        const bool lies =
            random.chance(static_cast<std::uint64_t>(share * one_million), one_million);
        times.push_back(
            std::max(std::floor(now + (lies ? lie_seconds : 0)), recent[recent.size() / 2] + 1));
    }
    return (honest - now) / minute;
}

AttackRun time_warp(PartsPerMillion share, std::uint64_t seed) {
    Scenario scenario = stream(AttackKind::time_warp, seed, warped_blocks);
    scenario.workload.payments_per_1000_seconds = 0;
    scenario.network.block_interval_seconds = 60;
    scenario.attack.hash_share = share;
    scenario.virtual_time_max = seconds(1'000'000);
    scenario.checkers = false;
    return AttackRun{scenario, eight()};
}

// Six standard deviations, which the rules by themselves have over seeds: a false alarm has a
// chance below 1e-6 where it is as rare as by the normal law.
TEST(TimeWarp, RunsAheadByWhatTheRulesAloneMakeOfTheLie) {
    for (const PartsPerMillion share : {400'000U, 500'000U}) {
        constexpr std::uint64_t models = 60;
        double sum = 0;
        double squares = 0;
        for (std::uint64_t seed = 1; seed <= models; ++seed) {
            const double ahead = ahead_by_the_rules(share / 1e6, seed);
            sum += ahead;
            squares += ahead * ahead;
        }
        const double mean = sum / models;
        const double deviation = std::sqrt(squares / models - mean * mean);
        EXPECT_LT(deviation, 4.0) << "or it would prove nothing";
        const double ahead = time_warp(share, 1).figure("blocks_ahead").value;
        EXPECT_NEAR(ahead, mean, 6 * deviation) << share;
        // What theory says: a lie of two hours is 120 blocks.
        EXPECT_LE(ahead, lie_seconds / minute);
        EXPECT_GE(ahead,
                  -half_life_blocks *
                      std::log2(1 - share / 1e6 *
                                        (1 - std::exp2(-lie_seconds / minute / half_life_blocks))));
    }
}

TEST(TimeWarp, GivesHimNoMoreBlocksThanHisShareAndBreaksNoRule) {
    const AttackRun warped = time_warp(500'000, 2);
    ASSERT_NO_FATAL_FAILURE(warped.expect_sound());
    EXPECT_FALSE(warped.outcome().succeeded);
    const std::uint32_t height = warped.summary().agreement.height.value;
    EXPECT_GT(test::tail(blocks_of(warped, 3), height, 0.5), 1e-4);
    EXPECT_TRUE(warped.drops.empty());
    for (const AttackRun::RefusedBlock& refused : warped.refused_blocks)
        ADD_FAILURE() << "the rules let the lie pass: " << to_text(refused.rejection);
}

// Without a liar nothing is ahead but what headers leave out of a second, and of a block's travel.
TEST(HonestClocks, AreNotAheadOfThemselves) {
    Scenario scenario = stream(AttackKind::none, 3, 500);
    scenario.workload.payments_per_1000_seconds = 0;
    scenario.network.schedule = TargetSchedule::asert;
    scenario.network.block_interval_seconds = 60;
    scenario.network.hashes_per_block = scenario.mining.hash_rate * 30;
    World world{scenario, eight()};
    ASSERT_TRUE(world.run());
    EXPECT_NEAR(blocks_ahead_of_honest_clocks(world, scenario.mining.hash_rate), 0.0, 0.5);
}

}  // namespace
}  // namespace bezant::sim
