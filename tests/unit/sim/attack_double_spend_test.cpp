// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/double_spend.hpp"

#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"

namespace bezant::sim {
namespace {

using test::AttackRun;

/// Two payments of one coin: the one to the victim, the one back to the attacker.
struct Rivals {
    TransactionIndex to_victim = no_transaction;
    TransactionIndex back = no_transaction;
};

Transaction content(const Archive& archive, TransactionIndex payment) {
    return archive.transactions()[payment].transaction;
}

std::optional<ParticipantId> payee_of(const World& world, TransactionIndex payment) {
    return world.owner_of(content(world.archive(), payment).outputs.front().owner);
}

/// The only two transactions of the run that spend the same coin: wallets make no such pair.
Rivals find_rivals(const AttackRun& run) {
    const TransactionTable& all = run.archive().transactions();
    std::vector<std::pair<CoinIndex, TransactionIndex>> spends;
    for (std::uint32_t index = 0; index < all.size(); ++index) {
        for (const CoinIndex coin : all[TransactionIndex{index}].spends)
            spends.emplace_back(coin, TransactionIndex{index});
    }
    std::ranges::stable_sort(spends, {}, [](const auto& spend) { return spend.first.value; });
    Rivals rivals;
    int pairs = 0;
    for (std::size_t i = 1; i < spends.size(); ++i) {
        if (spends[i].first != spends[i - 1].first) continue;
        ++pairs;
        rivals = {.to_victim = spends[i - 1].second, .back = spends[i].second};
    }
    EXPECT_EQ(pairs, 1) << run.seed_text();
    const ParticipantId attacker = run.world().scenario().attack.attacker;
    if (payee_of(run.world(), rivals.to_victim) == attacker)
        std::swap(rivals.to_victim, rivals.back);
    return rivals;
}

/// A double spend at random places: in the classroom's network, or in one drawn at random.
AttackRun double_spend(std::uint64_t seed) {
    Random random = Random{seed}.stream("places");
    const Graph graph = random.chance(1, 2)
                            ? test::ten_participants()
                            : test::random_graph(random, 2 + std::uint32_t(random.below(20)));
    const std::uint32_t participants = graph.node_count();
    const auto attacker = static_cast<ParticipantId>(random.below(participants));
    Scenario scenario =
        test::attacked(test::sampled(seed, participants), AttackKind::double_spend, attacker);
    scenario.attack.victim = test::another(random, participants, attacker);
    scenario.workload.rounds = 2;
    return AttackRun{std::move(scenario), graph};
}

/// How many of the rivals the chain of this block holds.
int confirmed_in(const AttackRun& run, const Rivals& rivals, BlockIndex tip) {
    return (is_confirmed(run.archive(), rivals.to_victim, tip) ? 1 : 0) +
           (is_confirmed(run.archive(), rivals.back, tip) ? 1 : 0);
}

TEST(DoubleSpendAttack, GetsExactlyOneOfItsTwoPaymentsConfirmedAndSoFails) {
    int victims_paid = 0;
    int victims_unpaid = 0;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(200); ++seed) {
        const AttackRun run = double_spend(seed);
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        const Rivals rivals = find_rivals(run);
        EXPECT_FALSE(run.outcome().succeeded) << run.seed_text();
        EXPECT_EQ(confirmed_in(run, rivals, run.world().common_tip()), 1) << run.seed_text();
        ++(run.is_confirmed(rivals.to_victim) ? victims_paid : victims_unpaid);
        EXPECT_TRUE(run.drops.empty()) << run.seed_text() << ": both payments are good";
    }
    if (bezant::test::seeds_to_try(200) < 100) return;
    EXPECT_GT(victims_paid, 0) << "a race that one side always wins tests the other way never";
    EXPECT_GT(victims_unpaid, 0);
}

TEST(DoubleSpendAttack, GetsOnNoChainThatAnyoneEverHeldBothOfItsPayments) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(50); ++seed) {
        const AttackRun run = double_spend(seed);
        const Rivals rivals = find_rivals(run);
        for (std::uint32_t block = 0; block < run.archive().blocks().size(); ++block)
            EXPECT_LE(confirmed_in(run, rivals, BlockIndex{block}), 1) << run.seed_text();
    }
}

TEST(DoubleSpendAttack, IsReportedToTheVictimUnlessHeIsPaidAndToAllWhoHeldTheOther) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(200); ++seed) {
        const AttackRun run = double_spend(seed);
        const Rivals rivals = find_rivals(run);
        const bool is_paid = run.is_confirmed(rivals.to_victim);
        const TransactionIndex loser = is_paid ? rivals.back : rivals.to_victim;
        const auto is_told = [&](ParticipantId who) {
            return std::ranges::any_of(run.reports, [&](const AttackRun::Report& report) {
                const auto is_rival = [&](TransactionIndex payment) {
                    return payment == rivals.to_victim || payment == rivals.back;
                };
                return report.by == who && is_rival(report.held) && is_rival(report.offered);
            });
        };
        const ParticipantId victim = run.world().scenario().attack.victim.value();
        EXPECT_TRUE(is_paid || is_told(victim)) << run.seed_text() << ", victim " << victim;
        for (ParticipantId who = 0; who < run.world().size(); ++who)
            EXPECT_TRUE(!run.was_held(who, loser) || is_told(who))
                << run.seed_text() << ": " << who;
        for (const AttackRun::Report& report : run.reports)
            EXPECT_EQ(report.pays_us, report.by == victim) << run.seed_text();
    }
}

}  // namespace
}  // namespace bezant::sim
