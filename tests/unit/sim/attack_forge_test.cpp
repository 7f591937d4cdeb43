// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/forge.hpp"

#include <gmock/gmock.h>

#include <map>

#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"

namespace bezant::sim {
namespace {

using test::AttackRun;
using testing::HasSubstr;

/// A forger at any place of the classroom, or of a network drawn at random.
AttackRun forge(std::uint64_t seed, bool encode_messages = false) {
    Random random = Random{seed}.stream("places");
    const Graph graph = random.chance(1, 2)
                            ? test::ten_participants()
                            : test::random_graph(random, 3 + std::uint32_t(random.below(20)));
    const auto attacker = static_cast<ParticipantId>(random.below(graph.node_count()));
    Scenario scenario =
        test::attacked(test::sampled(seed, graph.node_count()), AttackKind::forge, attacker);
    scenario.workload.rounds = 2;
    scenario.encode_messages = encode_messages;
    return AttackRun{std::move(scenario), graph};
}

/// Who refused each payment that breaks a rule, by the rule.
std::map<std::string, std::vector<ParticipantId>> refusers(const AttackRun& run) {
    std::map<std::string, std::vector<ParticipantId>> by_reason;
    for (const AttackRun::RefusedPayment& refused : run.refused_payments)
        by_reason[refused.reason].push_back(refused.by);
    return by_reason;
}

TEST(ForgeAttack, HasEachForgeryRefusedByAllNeighboursForTheRuleThatItBreaks) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(100); ++seed) {
        const AttackRun run = forge(seed);
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_FALSE(run.outcome().succeeded) << run.seed_text();
        const auto neighbours =
            run.world().graph().neighbours(run.world().scenario().attack.attacker);
        const auto refused_by = refusers(run);
        ASSERT_EQ(refused_by.size(), 4U) << run.seed_text();
        for (const std::string reason :
             {"wrong_owner", "bad_signature", "amount_overflow", "outputs_exceed_inputs"}) {
            ASSERT_TRUE(refused_by.contains(reason)) << run.seed_text() << ": " << reason;
            EXPECT_THAT(refused_by.at(reason), testing::UnorderedElementsAreArray(neighbours))
                << run.seed_text() << ": " << reason;
        }
    }
}

TEST(ForgeAttack, HasEachNeighbourDropTheForgerForEachForgery) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(100); ++seed) {
        const AttackRun run = forge(seed);
        const ParticipantId attacker = run.world().scenario().attack.attacker;
        EXPECT_EQ(run.drops.size(), 4 * run.world().graph().degree(attacker)) << run.seed_text();
        for (const AttackRun::Drop& drop : run.drops) {
            EXPECT_EQ(drop.misconduct, Misconduct::invalid_payment) << run.seed_text();
            EXPECT_TRUE(run.world().graph().has_edge(drop.by, attacker)) << run.seed_text();
        }
    }
}

TEST(ForgeAttack, GetsNoForgeryHeldOrConfirmedByAnyone) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(100); ++seed) {
        const AttackRun run = forge(seed);
        for (const AttackRun::RefusedPayment& refused : run.refused_payments) {
            EXPECT_FALSE(run.was_held(refused.payment)) << run.seed_text();
            EXPECT_FALSE(run.is_confirmed(refused.payment)) << run.seed_text();
        }
    }
}

// As bytes, an amount beyond all the money there can be is no payment at all.
TEST(ForgeAttack, IsRefusedInBytesAsWell) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(20); ++seed) {
        const AttackRun run = forge(seed, true);
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_FALSE(run.outcome().succeeded) << run.seed_text();
        const ParticipantId attacker = run.world().scenario().attack.attacker;
        EXPECT_EQ(run.drops.size(), 4 * run.world().graph().degree(attacker)) << run.seed_text();
    }
}

TEST(ForgeAttack, ShowsAllItsTriesInTheClassroomWhateverTheSeed) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(50); ++seed) {
        const AttackRun run{test::attacked(test::classroom(seed), AttackKind::forge, 9),
                            test::ten_participants()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_THAT(run.outcome().detail,
                    HasSubstr("Refused for: wrong_owner, bad_signature, amount_overflow, "
                              "outputs_exceed_inputs."))
            << run.seed_text();
    }
}

}  // namespace
}  // namespace bezant::sim
