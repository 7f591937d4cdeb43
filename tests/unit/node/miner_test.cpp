// SPDX-License-Identifier: Apache-2.0
#include "node/miner.hpp"

#include <gtest/gtest.h>

#include "node/limits.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class Mining : public testing::Test {
protected:
    static TestNetwork::Settings searched() {
        TestNetwork::Settings settings;
        settings.proof_of_work = ProofOfWork::searched;
        return settings;
    }
    MiningJob job() { return network.effects(0).job.value(); }
    void find_nonce_of(MiningJob found) {
        mine(found.header);
        network.happen(0, NonceFound{.job = found.job, .nonce = found.header.nonce});
    }

    TestNetwork network{1, searched()};
};

TEST_F(Mining, BeginsWhenSwitchedOnAndEndsWhenSwitchedOff) {
    EXPECT_FALSE(network.effects(0).job);
    network.happen(0, MiningSwitched{.on = true});
    EXPECT_EQ(job().header.previous, network.archive().parameters().genesis_hash);
    const MiningJob last = job();
    network.happen(0, MiningSwitched{.on = false});
    EXPECT_FALSE(network.effects(0).job);
    find_nonce_of(last);
    EXPECT_EQ(network.tip(0), genesis_index);
    network.run_for(seconds(60));
    EXPECT_FALSE(network.effects(0).job) << "its timer comes to nothing";
}

TEST_F(Mining, BeginsByItselfIfSoChosen) {
    auto settings = searched();
    settings.options.mines = true;
    TestNetwork miners{1, settings};
    EXPECT_TRUE(miners.effects(0).job);
}

TEST_F(Mining, ANonceMakesABlockOfOurs) {
    network.happen(0, MiningSwitched{.on = true});
    const MiningJob first = job();
    find_nonce_of(first);
    EXPECT_EQ(network[0].chain().height(), Height{1});
    EXPECT_EQ(network.effects(0).of_kind("block_mined").size(), 1U);
    EXPECT_EQ(network[0].balance().immature, bezants(10));
    EXPECT_EQ(network[0].balance().spendable, bezants(10));
    EXPECT_NE(job().job, first.job);
    EXPECT_EQ(job().header.previous, network.archive().blocks()[network.tip(0)].hash);
}

TEST_F(Mining, ABlockPaysWhomTheOptionsNameAndIsSignedByItsMiner) {
    const Person owner{"owner"};
    auto settings = searched();
    settings.options.mines = true;
    settings.options.payout = owner.owner;
    TestNetwork miners{1, settings};
    MiningJob found = miners.effects(0).job.value();
    mine(found.header);
    miners.happen(0, NonceFound{.job = found.job, .nonce = found.header.nonce});
    ASSERT_EQ(miners[0].chain().height(), Height{1}) << "such a block is valid";
    const Transaction coinbase = miners.archive().assemble(miners.tip(0)).transactions.front();
    EXPECT_EQ(coinbase.inputs.front().public_key, TestNetwork::person(0).public_key);
    EXPECT_EQ(coinbase.outputs, (std::vector{Output{bezants(10), owner.owner}}));
    EXPECT_EQ(miners[0].balance().immature, Amount{});
}

TEST_F(Mining, ABlockFromAnotherMakesANewJobAndTheOldNonceComesTooLate) {
    network.happen(0, MiningSwitched{.on = true});
    const MiningJob first = job();
    const BlockIndex block = network.block_on(genesis_index);
    network.says(*network.stranger(0), BlockMessage{.block = block});
    EXPECT_EQ(network.tip(0), block);
    EXPECT_EQ(job().header.previous, network.archive().blocks()[block].hash);
    find_nonce_of(first);
    EXPECT_EQ(network.tip(0), block);
    EXPECT_TRUE(network.effects(0).of_kind("block_mined").empty());
}

TEST_F(Mining, NewPaymentsAndTheTimeComeInSooner) {
    network.happen(0, MiningSwitched{.on = true});
    const MiningJob first = job();
    network.happen(0, PaymentSubmitted{network.archive().add_transaction(
                          network.payment(0, 0, network.person(9).owner))});
    network.run_for(seconds(11));
    EXPECT_NE(job().header.merkle_root, first.header.merkle_root);
    EXPECT_EQ(job().header.time, first.header.time + 10);
    find_nonce_of(first);
    EXPECT_EQ(network[0].chain().height(), Height{1}) << "the last jobs on this tip still count";
    EXPECT_EQ(network[0].mempool().size(), 1U);
    find_nonce_of(job());
    EXPECT_EQ(network[0].chain().height(), Height{2});
}

TEST_F(Mining, OldJobsAreForgotten) {
    network.happen(0, MiningSwitched{.on = true});
    const MiningJob first = job();
    network.run_for(seconds(static_cast<std::int64_t>(10 * mining_jobs_max) + 1));
    find_nonce_of(first);
    EXPECT_EQ(network[0].chain().height(), Height{0});
}

TEST_F(Mining, ANonceThatIsNoneIsRefusedAndHarmsNobody) {
    network.happen(0, MiningSwitched{.on = true});
    MiningJob bad = job();
    const Uint256 target = target_from_compact(bad.header.target).value();
    while (meets_target(block_hash(bad.header), target)) ++bad.header.nonce;
    network.happen(0, NonceFound{.job = bad.job, .nonce = bad.header.nonce});
    EXPECT_EQ(network.effects(0).of_kind("block_refused").at(0).detail, "insufficient_work");
    EXPECT_EQ(network[0].chain().height(), Height{0});
    EXPECT_TRUE(network.effects(0).of_kind("block_mined").empty());
}

TEST(Granting, ABlockIsMadeAtThatMoment) {
    TestNetwork network{1};
    network.happen(0, MiningSwitched{.on = true});
    EXPECT_FALSE(network.effects(0).job) << "nobody searches";
    network.happen(0, PaymentSubmitted{network.archive().add_transaction(
                          network.payment(0, 0, network.person(9).owner))});
    const BlockIndex block = network.mine(0);
    EXPECT_EQ(network.archive().body(block).size(), 2U);
    EXPECT_EQ(network.effects(0).of_kind("block_mined").size(), 1U);
}

}  // namespace
}  // namespace bezant::test
