// SPDX-License-Identifier: Apache-2.0
// Attacks on those who wait for no block, or for one.
#include <cmath>

#include "sim/attacks/finney.hpp"
#include "sim/attacks/race.hpp"
#include "sim/attacks/vector76.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"
#include "tests/unit/sim/binomial.hpp"

namespace bezant::sim {
namespace {

using test::AttackRun;

/// A small ring in which a block takes ten minutes, or as long as is said.
Scenario shop(AttackKind kind, std::uint64_t seed, std::uint64_t seconds_per_block = 600) {
    Scenario scenario = test::attacked(test::sampled(seed, 6), kind, 2);
    scenario.network.hashes_per_block = 1'000 * seconds_per_block;
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.blocks = 1;
    scenario.participant.ping_interval = {};
    scenario.checkers = false;
    return scenario;
}

Graph six() { return Graph{6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {0, 5}}}; }

/// The victim's coin is gone at the end, and the attacker has it, by the archive alone.
bool coin_went_back(const AttackRun& run, ParticipantId attacker, ParticipantId victim) {
    const World& world = run.world();
    const Archive& archive = run.archive();
    bool back = false;
    bool paid = false;
    for (std::uint32_t index = 0; index < archive.transactions().size(); ++index) {
        const Transaction& payment = archive.transactions()[TransactionIndex{index}].transaction;
        if (payment.is_coinbase() || !run.is_confirmed(TransactionIndex{index})) continue;
        const auto payee = world.owner_of(payment.outputs.front().owner);
        back = back || payee == attacker;
        paid = paid || payee == victim;
    }
    return back && !paid;
}

// The odds are each run's own: how much of the hash rate heard of the payment back first.
TEST(RaceAttack, SucceedsAsOftenAsTheOthersHeardOfThePaymentBackFirst) {
    const std::uint64_t tries = bezant::test::seeds_to_try(200);
    double expected = 0;
    double variance = 0;
    double successes = 0;
    for (std::uint64_t seed = 1; seed <= tries; ++seed) {
        const AttackRun run{shop(AttackKind::race, seed), six()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        const AttackOutcome& outcome = run.outcome();
        const double odds = outcome.theory_odds.value();
        EXPECT_GT(odds, 0.0);
        EXPECT_LT(odds, 1.0);
        EXPECT_EQ(outcome.succeeded, coin_went_back(run, 2, 5)) << run.seed_text();
        expected += odds;
        variance += odds * (1 - odds);
        successes += outcome.succeeded ? 1 : 0;
    }
    // Four standard deviations: a false alarm once in 15,000 times.
    EXPECT_NEAR(successes, expected, 4 * std::sqrt(variance) + 0.5);
}

TEST(FinneyAttack, FailsOnlyWhereOthersFindABlockWhileTheVictimLooks) {
    const std::uint64_t tries = bezant::test::seeds_to_try(200);
    // Blocks take 20 s, and the victim looks for 10 s: it fails a third of the time.
    std::uint64_t successes = 0;
    double odds = 0;
    for (std::uint64_t seed = 1; seed <= tries; ++seed) {
        Scenario scenario = shop(AttackKind::finney, seed, 20);
        scenario.link.latency_min = scenario.link.latency_max = milliseconds(1);
        const AttackRun run{std::move(scenario), six()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_EQ(run.outcome().succeeded, coin_went_back(run, 2, 5)) << run.seed_text();
        successes += run.outcome().succeeded ? 1U : 0U;
        odds = run.outcome().theory_odds.value();
    }
    EXPECT_NEAR(odds, std::exp(-0.8 * 10 / 20), 1e-6);
    EXPECT_GT(test::tail(successes, tries, odds), 1e-4)
        << successes << " of " << tries << ", where " << odds * static_cast<double>(tries)
        << " are expected";
}

TEST(Vector76Attack, FailsOnlyWhereTheVictimFindsTheRivalOrTheNextBlock) {
    const std::uint64_t tries = bezant::test::seeds_to_try(200);
    constexpr double odds = 0.5 / 0.9 * 0.5 / 0.9;
    std::uint64_t successes = 0;
    for (std::uint64_t seed = 1; seed <= tries; ++seed) {
        Scenario scenario = shop(AttackKind::vector76, seed);
        scenario.attack.victim = 4;
        scenario.mining.shares = {150'000, 150'000, 100'000, 100'000, 400'000, 100'000};
        scenario.attack.hash_share = 100'000;
        const AttackRun run{std::move(scenario), six()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_NEAR(run.outcome().theory_odds.value(), odds, 1e-4);
        EXPECT_TRUE(!run.outcome().succeeded || coin_went_back(run, 2, 4)) << run.seed_text();
        successes += run.outcome().succeeded ? 1U : 0U;
    }
    EXPECT_GT(test::tail(successes, tries, odds), 1e-4) << successes << " of " << tries;
}

// His secret blocks were in memory only. Whoever comes back is honest, and the run ends.
TEST(BranchAttacks, AreOverWhenTheAttackerCrashes) {
    constexpr std::uint64_t tries = 20;  // in some he has a secret branch when he crashes
    for (const AttackKind kind : {AttackKind::finney, AttackKind::vector76, AttackKind::majority}) {
        std::uint64_t crashed = 0;
        for (std::uint64_t seed = 1; seed <= tries; ++seed) {
            Scenario scenario = shop(kind, seed, 20);
            scenario.attack.hash_share = 400'000;
            Random random = Random{seed}.stream("crash");
            const Duration at = seconds(random.between(20, 120));
            const auto strike = [&](FaultKind fault, Duration when) {
                scenario.faults.push_back(
                    {.kind = fault, .at = when, .participants = {2}, .neighbour = {}});
            };
            strike(FaultKind::crash, at);
            strike(FaultKind::restart, at + seconds(random.between(1, 30)));
            const AttackRun run{std::move(scenario), six()};
            ASSERT_NO_FATAL_FAILURE(run.expect_sound());
            if (run.outcome().detail.find("crashed") == std::string::npos) continue;
            ++crashed;
            EXPECT_FALSE(run.outcome().succeeded) << run.seed_text();
        }
        EXPECT_GT(crashed, tries / 10) << static_cast<int>(kind);
    }
}

}  // namespace
}  // namespace bezant::sim
