// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/inflate.hpp"

#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"

namespace bezant::sim {
namespace {

using test::AttackRun;

/// At the edge of the classroom, or anywhere in a ring, where no one stands between others.
AttackRun inflate(std::uint64_t seed) {
    Random random = Random{seed}.stream("places");
    const bool in_ring = random.chance(1, 2);
    const auto attacker =
        static_cast<ParticipantId>(in_ring ? random.below(8) : 5 + random.below(5));
    const Graph ring{8, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 7}, {0, 7}}};
    Scenario scenario =
        test::attacked(test::sampled(seed, in_ring ? 8 : 10), AttackKind::inflate, attacker);
    if (random.chance(1, 10)) scenario.network.proof_of_work = ProofOfWork::searched;
    scenario.encode_messages = random.chance(1, 4);
    return AttackRun{std::move(scenario), in_ring ? ring : test::ten_participants()};
}

std::uint64_t claimed_by(const Archive& archive, BlockIndex block) {
    const TransactionIndex coinbase = archive.body(block).front();
    std::uint64_t claimed = 0;
    for (const Output& output : archive.transactions()[coinbase].transaction.outputs)
        claimed += output.amount.value;
    return claimed;
}

TEST(InflateAttack, IsRefusedByEveryNeighbourAndNeverBuiltOn) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(100); ++seed) {
        const AttackRun run = inflate(seed);
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_FALSE(run.outcome().succeeded) << run.seed_text();
        ASSERT_FALSE(run.refused_blocks.empty()) << run.seed_text();
        const BlockTree& blocks = run.archive().blocks();
        for (const AttackRun::RefusedBlock& refused : run.refused_blocks) {
            EXPECT_EQ(refused.rejection.reason, Reason::coinbase_overclaims)
                << run.seed_text() << ": " << to_text(refused.rejection);
            EXPECT_GE(claimed_by(run.archive(), refused.block), bezants(1'000).value);
            EXPECT_FALSE(blocks.is_ancestor(refused.block, run.world().common_tip()));
            for (std::uint32_t child = 1; child < blocks.size(); ++child)
                EXPECT_NE(blocks[BlockIndex{child}].parent, refused.block) << run.seed_text();
        }
    }
}

TEST(InflateAttack, HasTheAttackerDroppedByEachNeighbourWhoWasOfferedTheBlock) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(100); ++seed) {
        const AttackRun run = inflate(seed);
        const ParticipantId attacker = run.world().scenario().attack.attacker;
        for (const ParticipantId neighbour : run.world().graph().neighbours(attacker)) {
            const bool refused =
                std::ranges::count(run.refused_blocks, neighbour, &AttackRun::RefusedBlock::by) > 0;
            EXPECT_TRUE(refused) << run.seed_text() << ", neighbour " << neighbour;
        }
        EXPECT_EQ(run.drops.size(), run.refused_blocks.size()) << run.seed_text();
        for (const AttackRun::Drop& drop : run.drops) {
            EXPECT_EQ(drop.misconduct, Misconduct::invalid_block) << run.seed_text();
            EXPECT_TRUE(run.world().graph().has_edge(drop.by, attacker))
                << run.seed_text() << ": " << drop.by << " is no neighbour of the attacker";
        }
    }
}

TEST(InflateAttack, LeavesTheSupplyAsItIsScheduled) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(20); ++seed) {
        const AttackRun run = inflate(seed);
        const Summary& summary = run.summary();
        EXPECT_EQ(
            summary.ledger.issued.value,
            summary.ledger.allocated.value + 10 * summary.blocks.main_chain * units_per_bezant);
    }
}

}  // namespace
}  // namespace bezant::sim
