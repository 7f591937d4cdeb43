// SPDX-License-Identifier: Apache-2.0
#include "sim/world.hpp"

#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "tests/seeds.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::sim {
namespace {

using test::classroom;
using test::ten_participants;
using test::text_of;

Summary run(Scenario scenario, Graph graph) {
    World world{std::move(scenario), std::move(graph)};
    auto summary = world.run();
    EXPECT_TRUE(summary) << text_of(summary.error());
    return summary.value_or(Summary{});
}

void expect_agreement(const Summary& summary) {
    EXPECT_EQ(summary.agreement.tips, 1U) << "seed " << summary.seed;
    EXPECT_TRUE(summary.ledger.balanced) << "seed " << summary.seed;
    const auto& payments = summary.transactions;
    EXPECT_EQ(payments.created, payments.confirmed + payments.rejected + payments.pending);
}

TEST(World, EndsEveryRoundOfTheClassroomInAgreement) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(100); ++seed) {
        const Summary summary = run(classroom(seed), ten_participants());
        expect_agreement(summary);
        EXPECT_GE(summary.agreement.height.value, 5U) << "seed " << seed;
        EXPECT_EQ(summary.transactions.created, 20U) << "seed " << seed;
        EXPECT_EQ(summary.blocks.mined, summary.blocks.main_chain + summary.blocks.stale);
        EXPECT_TRUE(summary.dropped_peers.empty()) << "an honest peer was dropped, seed " << seed;
    }
}

TEST(World, GivesTheSameDigestForTheSameSeedOnly) {
    const Summary first = run(classroom(7), ten_participants());
    const Summary second = run(classroom(7), ten_participants());
    EXPECT_EQ(first.digest, second.digest);
    EXPECT_EQ(first.events, second.events);
    EXPECT_NE(first.digest, run(classroom(8), ten_participants()).digest);
}

TEST(World, GivesTheSameDigestWhenMessagesGoThroughTheirBytes) {
    Scenario encoded = classroom(7);
    encoded.encode_messages = true;
    EXPECT_EQ(run(classroom(7), ten_participants()).digest,
              run(std::move(encoded), ten_participants()).digest);
}

/// Verifies what is expected in the end, as threads might come to it.
class LateVerifier final : public SignatureVerifier {
public:
    [[nodiscard]] bool is_valid(const PublicKey& key, const Hash256& message,
                                const Signature& signature) override {
        ++asked;
        return verify(key, message.view(), signature);
    }
    void expect_valid(const PublicKey& key, const Hash256& message,
                      const Signature& signature) override {
        expected_.push_back({key, message, signature});
    }
    void settle() override {
        for (const auto& [key, message, signature] : expected_)
            valid += verify(key, message.view(), signature) ? 1U : 0U;
        expected_.clear();
    }

    std::size_t asked = 0;
    std::size_t valid = 0;

private:
    struct Expected {
        PublicKey key;
        Hash256 message;
        Signature signature;
    };
    std::vector<Expected> expected_;
};

TEST(World, IsTheSameWhenSignaturesAreVerifiedLater) {
    LateVerifier late;
    World world{classroom(7), ten_participants(), nullptr, &late};
    const auto summary = world.run();
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->digest, run(classroom(7), ten_participants()).digest);
    EXPECT_EQ(late.valid, summary->transactions.created) << "each payment's, in the end";
    EXPECT_EQ(late.asked, summary->blocks.mined) << "nobody waits but for those of blocks";
}

/// Makes what is expected at once, and counts what it was good for.
class EarlyCount final : public EarlySignatures {
public:
    void expect(const SigningKey& key, ByteView message) override {
        made_[Bytes(message.begin(), message.end())] = key.sign(message);
    }
    [[nodiscard]] std::optional<Signature> take(const SigningKey& key, ByteView message) override {
        ++asked;
        const auto found = made_.find(Bytes(message.begin(), message.end()));
        if (found == made_.end()) return std::nullopt;
        EXPECT_EQ(found->second, key.sign(message));
        ++taken;
        return found->second;
    }

    std::size_t asked = 0;
    std::size_t taken = 0;

private:
    std::map<Bytes, Signature> made_;
};

TEST(World, IsTheSameWhenPaymentsAreSignedBeforeTheyAreOrdered) {
    Scenario scenario = test::sampled(5, 30);
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.duration = seconds(3'600);
    scenario.workload.payments_per_1000_seconds = 300;
    Random random{5};
    const Graph graph = test::random_graph(random, scenario.participants);
    EarlyCount early;
    World world{scenario, graph, nullptr, nullptr, &early};
    const auto summary = world.run();
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->digest, run(scenario, graph).digest);
    ASSERT_GT(summary->transactions.created, 900U);
    EXPECT_GT(early.taken, summary->transactions.created * 3 / 4) << "of so many, most";
}

// Among so many the engine looks ahead, also to those who are gone when their turn comes.
TEST(World, AgreesAmongThousandsWhoComeAndGo) {
    Scenario scenario = test::sampled(3, 2'000);
    scenario.network.hashes_per_block = 2'000'000;
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.duration = seconds(600);
    scenario.workload.payments_per_1000_seconds = 10;
    scenario.churn.share = 100'000;
    scenario.churn.online_mean = seconds(200);
    scenario.churn.offline_mean = seconds(50);
    scenario.churn.until = seconds(600);
    Random random{3};
    const Summary summary = run(scenario, test::random_graph(random, scenario.participants));
    expect_agreement(summary);
    EXPECT_GE(summary.transactions.confirmed, 1U);
}

}  // namespace
}  // namespace bezant::sim
