// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/tamper.hpp"

#include <gmock/gmock.h>

#include "sim/attacks/altered_block.hpp"
#include "sim/keys.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"

namespace bezant::sim {
namespace {

using test::AttackRun;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr ParticipantId judy = 9;
constexpr ParticipantId dave = 3;

/// One of the classroom tampers, and a neighbour of his begins anew.
AttackRun tamper(std::uint64_t seed, ProofOfWork work) {
    const Graph graph = test::ten_participants();
    Random random = Random{seed}.stream("places");
    const auto attacker = static_cast<ParticipantId>(random.below(10));
    const auto neighbours = graph.neighbours(attacker);
    Scenario scenario = test::attacked(test::classroom(seed), AttackKind::tamper, attacker);
    scenario.attack.victim = neighbours[random.below(neighbours.size())];
    scenario.network.proof_of_work = work;
    scenario.workload.rounds = 2;
    scenario.encode_messages = random.chance(1, 4);
    return AttackRun{std::move(scenario), graph};
}

std::vector<Reason> reasons_of(const AttackRun& run) {
    std::vector<Reason> reasons;
    for (const AttackRun::RefusedBlock& refused : run.refused_blocks)
        reasons.push_back(refused.rejection.reason);
    return reasons;
}

std::vector<Misconduct> misconduct_in(const AttackRun& run) {
    std::vector<Misconduct> list;
    for (const AttackRun::Drop& drop : run.drops) list.push_back(drop.misconduct);
    return list;
}

/// The oldest block with a payment, which the tamperer alters.
Height altered_height(const AttackRun& run) {
    const auto buried = find_buried(run.archive(), run.world().common_tip(), 2);
    return run.archive().blocks()[buried.value().block].height;
}

void expect_only_newcomer_refuses(const AttackRun& run) {
    const ParticipantId newcomer = run.world().scenario().attack.victim.value();
    for (const AttackRun::RefusedBlock& refused : run.refused_blocks) {
        EXPECT_EQ(refused.by, newcomer) << run.seed_text();
        EXPECT_EQ(run.archive().blocks()[refused.block].height, altered_height(run))
            << run.seed_text();
    }
    for (const AttackRun::Drop& drop : run.drops) EXPECT_EQ(drop.by, newcomer) << run.seed_text();
}

TEST(TamperAttack, IsRefusedByTheNewcomerForOneCheckAfterTheOther) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(50); ++seed) {
        const AttackRun run = tamper(seed, ProofOfWork::searched);
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_FALSE(run.outcome().succeeded) << run.seed_text();
        // Bytes that do not fit their merkle root are not even a block, so the first is not here.
        EXPECT_THAT(reasons_of(run),
                    ElementsAre(Reason::insufficient_work, Reason::coinbase_bad_signature,
                                Reason::bad_signature))
            << run.seed_text();
        EXPECT_THAT(misconduct_in(run),
                    ElementsAre(Misconduct::malformed_message, Misconduct::invalid_header,
                                Misconduct::invalid_block, Misconduct::invalid_block))
            << run.seed_text();
        expect_only_newcomer_refuses(run);
    }
}

TEST(TamperAttack, IsRefusedWithoutWorkToo) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(50); ++seed) {
        const AttackRun run = tamper(seed, ProofOfWork::sampled);
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_FALSE(run.outcome().succeeded) << run.seed_text();
        EXPECT_THAT(reasons_of(run),
                    ElementsAre(Reason::coinbase_bad_signature, Reason::bad_signature))
            << run.seed_text();
        expect_only_newcomer_refuses(run);
    }
}

TEST(TamperAttack, SaysWhichCheckOfWhichBlockGaveItAway) {
    const AttackRun run = tamper(1, ProofOfWork::searched);
    const std::uint32_t height = altered_height(run).value;
    std::string checks;
    for (const std::string_view check :
         {"merkle_root_mismatch", "insufficient_work", "coinbase_bad_signature", "bad_signature"})
        checks += fmt::format("{} at block {}, ", check, height);
    checks += fmt::format("unknown_parent at block {}", height + 1);
    EXPECT_THAT(run.outcome().detail, HasSubstr(checks));
}

// The same alterations, each verified as a file.
TEST(AlteredLedger, FailsAsAFileAtTheAlteredBlockOrTheNext) {
    Scenario scenario = test::attacked(test::classroom(4), AttackKind::none, judy);
    World world{std::move(scenario), test::ten_participants()};
    ASSERT_TRUE(world.run());
    const BlockIndex tip = world.common_tip();
    const auto buried = find_buried(world.archive(), tip, 2);
    ASSERT_TRUE(buried);
    const Height height = world.archive().blocks()[buried->block].height;
    std::vector<std::pair<std::string, std::uint32_t>> verdicts;
    const Keys keys{4};
    for (const AlteredBlock& version : alter(world.archive(), *buried, keys.of_participant(judy))) {
        const auto verdict = verify_with(world.archive(), tip, height, version.block);
        ASSERT_FALSE(verdict) << version.what;
        verdicts.emplace_back(verdict.error().check, verdict.error().height.value().value);
    }
    EXPECT_THAT(verdicts, ElementsAre(std::pair{"merkle_root_mismatch", height.value},
                                      std::pair{"insufficient_work", height.value},
                                      std::pair{"coinbase_bad_signature", height.value},
                                      std::pair{"bad_signature", height.value},
                                      std::pair{"unknown_parent", height.value + 1}));
    const Block original = world.archive().assemble(buried->block);
    EXPECT_TRUE(verify_with(world.archive(), tip, height, original));
}

TEST(TamperAttack, ChoosesTheNeighbourWhoseAbsenceMattersLeast) {
    Scenario scenario = test::attacked(test::classroom(2), AttackKind::tamper, dave);
    const AttackRun run{std::move(scenario), test::ten_participants()};
    ASSERT_NO_FATAL_FAILURE(run.expect_sound());
    for (const AttackRun::Drop& drop : run.drops) EXPECT_EQ(drop.by, judy);
}

}  // namespace
}  // namespace bezant::sim
