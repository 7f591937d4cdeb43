// SPDX-License-Identifier: Apache-2.0
// A simulated world whose signatures are verified and made beside it, on threads, is the same
// world.
#include <gtest/gtest.h>

#include "net/signature_pool.hpp"
#include "sim/attacks/make_attack.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::net {
namespace {

struct Run {
    std::string digest;
    std::uint64_t confirmed = 0;
    std::string attack;  ///< what came of it

    friend bool operator==(const Run&, const Run&) = default;
};

Run run(const sim::Scenario& scenario, SignaturePool* pool) {
    sim::World world{scenario, sim::test::ten_participants(), sim::make_attack(scenario.attack),
                     pool, pool};
    const auto summary = world.run();
    EXPECT_TRUE(summary) << sim::test::text_of(summary.error());
    if (!summary) return {};
    return {.digest = summary->digest,
            .confirmed = summary->transactions.confirmed,
            .attack = summary->attack ? summary->attack->detail : ""};
}

/// Whatever number of threads there are, also fewer and more than processors.
void expect_the_same(const sim::Scenario& scenario) {
    const Run alone = run(scenario, nullptr);
    EXPECT_GT(alone.confirmed, 0U);
    for (const unsigned threads : {1U, 2U, 3U, 8U}) {
        SignaturePool pool{threads};
        const Run beside = run(scenario, &pool);
        EXPECT_EQ(beside, alone) << threads << " threads, seed " << scenario.seed;
    }
}

TEST(SignaturePool, ChangesNothingInAWorldOfManyPayments) {
    sim::Scenario scenario = sim::test::sampled(1, 10);
    scenario.workload.kind = sim::WorkloadKind::stream;
    scenario.workload.blocks = 20;
    scenario.workload.payments_per_1000_seconds = 2'000;
    expect_the_same(scenario);
}

TEST(SignaturePool, ChangesNothingWhereMessagesTravelAsBytes) {
    sim::Scenario scenario = sim::test::classroom(2);
    scenario.encode_messages = true;
    expect_the_same(scenario);
}

// What is only claimed to be good is found out all the same, and at the same moment.
TEST(SignaturePool, ChangesNothingForThoseWhoForgeSignatures) {
    sim::Scenario scenario = sim::test::sampled(3, 10);
    scenario.attack.kind = sim::AttackKind::forge;
    scenario.attack.attacker = 9;
    EXPECT_NE(run(scenario, nullptr).attack.find("bad_signature"), std::string::npos);
    expect_the_same(scenario);
}

}  // namespace
}  // namespace bezant::net
