// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/majority.hpp"

#include "sim/attacks/odds.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"
#include "tests/unit/sim/binomial.hpp"

namespace bezant::sim {
namespace {

using test::AttackRun;

Scenario majority(Scenario scenario, ParticipantId attacker, PartsPerMillion share,
                  std::uint32_t confirmations) {
    scenario = test::attacked(std::move(scenario), AttackKind::majority, attacker);
    scenario.attack.hash_share = share;
    scenario.attack.confirmations = confirmations;
    return scenario;
}

/// The theory's world: blocks take so long that messages take no time beside it, and nothing else
/// goes on.
Scenario theory(std::uint64_t seed, PartsPerMillion share, std::uint32_t confirmations) {
    Scenario scenario = majority(test::sampled(seed, 3), 0, share, confirmations);
    scenario.network.hashes_per_block = 1'000'000;
    scenario.virtual_time_max = seconds(100'000'000);
    scenario.link.latency_min = scenario.link.latency_max = milliseconds(1);
    scenario.participant.ping_interval = {};
    scenario.participant.template_interval = {};
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.blocks = 1;
    scenario.checkers = false;
    return scenario;
}

TEST(MajorityAttack, SucceedsWithMostOfTheHashRateFromAnyPlace) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(30); ++seed) {
        Random random = Random{seed}.stream("places");
        const auto attacker = static_cast<ParticipantId>(random.below(10));
        const AttackRun run{majority(test::sampled(seed, 10), attacker, 600'000, 3),
                            test::ten_participants()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_TRUE(run.outcome().succeeded) << run.seed_text() << ": " << run.outcome().detail;
        EXPECT_EQ(run.outcome().theory_odds, 1.0);
    }
}

TEST(MajorityAttack, UndoesAPaymentThatTheVictimSawConfirmed) {
    /// Watches the victim's chain only.
    struct Victim final : Observer {
        void noticed(const ObservedWorld&, ParticipantId who, const Notice& notice) override {
            const auto* moved = std::get_if<TipMoved>(&notice);
            if (moved == nullptr || who != 5) return;
            undone = std::max(undone, moved->change.disconnected.size());
        }
        std::size_t undone = 0;
    } victim;
    Scenario scenario = majority(test::sampled(1, 10), 9, 600'000, 3);
    scenario.attack.victim = 5;
    World world{std::move(scenario), test::ten_participants()};
    world.add_observer(victim);
    const auto summary = world.run();
    ASSERT_TRUE(summary) << test::text_of(summary.error());
    EXPECT_TRUE(summary->attack.value().succeeded);
    EXPECT_GE(victim.undone, 3U);
}

TEST(MajorityAttack, SucceedsAsOftenAsTheoryHasItWithLess) {
    constexpr PartsPerMillion share = 300'000;
    const std::uint64_t tries = bezant::test::seeds_to_try(300);
    for (std::uint32_t confirmations = 1; confirmations <= 3; ++confirmations) {
        std::uint64_t successes = 0;
        for (std::uint64_t seed = 1; seed <= tries; ++seed) {
            const AttackRun run{theory(seed, share, confirmations), Graph{3, {{0, 1}, {1, 2}}}};
            ASSERT_NO_FATAL_FAILURE(run.expect_sound());
            successes += run.outcome().succeeded ? 1U : 0U;
        }
        const double odds = double_spend_odds(share, confirmations);
        EXPECT_GT(test::tail(successes, tries, odds), 1e-3)
            << successes << " of " << tries << " at " << confirmations << " confirmations, where "
            << odds * static_cast<double>(tries) << " are expected";
    }
}

}  // namespace
}  // namespace bezant::sim
