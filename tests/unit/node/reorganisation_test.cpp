// SPDX-License-Identifier: Apache-2.0
// The best chain moves: who is told with which headers, what becomes of payments, what is stored.
#include <gtest/gtest.h>

#include "node/limits.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class Reorganisation : public testing::Test {
protected:
    static std::vector<BlockIndex> told_to(const Stranger& stranger) {
        std::vector<BlockIndex> told;
        for (const Headers& message : stranger.heard<Headers>())
            told.insert(told.end(), message.headers.begin(), message.headers.end());
        return told;
    }
    void brings(Stranger& stranger, const std::vector<BlockIndex>& blocks) {
        network.says(stranger, Headers{.headers = blocks});
        for (const BlockIndex block : blocks) network.says(stranger, BlockMessage{.block = block});
    }
    void brings(Stranger& stranger, TransactionIndex payment) {
        network.says(stranger, Inventory{.payments = {payment}});
        network.says(stranger, PaymentMessage{.payment = payment});
    }
    static std::vector<TransactionIndex> payments_told_to(const Stranger& stranger) {
        std::vector<TransactionIndex> told;
        for (const Inventory& inventory : stranger.heard<Inventory>())
            told.insert(told.end(), inventory.payments.begin(), inventory.payments.end());
        return told;
    }

    TestNetwork network{1};
    std::shared_ptr<Stranger> one = network.stranger(0);
    std::shared_ptr<Stranger> two = network.stranger(0);
};

TEST_F(Reorganisation, ANewBlockIsToldToThoseWhoLackIt) {
    const BlockIndex block = network.block_on(genesis_index);
    brings(*one, {block});
    EXPECT_TRUE(told_to(*one).empty()) << "it brought it";
    EXPECT_EQ(told_to(*two), std::vector{block});
    const BlockIndex own = network.mine(0);
    EXPECT_EQ(told_to(*one), std::vector{own});
    EXPECT_EQ(told_to(*two), (std::vector{block, own}));
}

TEST_F(Reorganisation, ABlockIsStoredBeforeItIsTold) {
    network.mine(0);
    const std::string& transcript = network.effects(0).transcript;
    const std::string headers = "send " + std::to_string(one->seen_as.value) + " 09";
    ASSERT_NE(transcript.find(headers), std::string::npos);
    EXPECT_LT(transcript.find("store"), transcript.find(headers));
}

TEST_F(Reorganisation, AWholeNewBranchIsToldInOneMessage) {
    network.mine(0);
    network.mine(0);
    const auto branch = network.chain_on(genesis_index, 3);
    const std::size_t before = two->heard<Headers>().size();
    brings(*one, branch);
    const auto heard = two->heard<Headers>();
    ASSERT_EQ(heard.size(), before + 1);
    EXPECT_EQ(heard.back().headers, branch);
}

TEST_F(Reorganisation, OfALongBranchOnlyTheTipIsTold) {
    network.mine(0);
    const auto branch = network.chain_on(genesis_index, headers_announced_max + 1);
    const std::size_t before = two->heard<Headers>().size();
    network.says(*one, Headers{.headers = branch});
    for (auto block = branch.rbegin(); block != branch.rend(); ++block)
        network.says(*one, BlockMessage{.block = *block});
    ASSERT_EQ(network.tip(0), branch.back());
    const auto heard = two->heard<Headers>();
    ASSERT_EQ(heard.size(), before + 1);
    EXPECT_EQ(heard.back().headers, std::vector{branch.back()});
    network.says(*two, GetHeaders{.locator = {genesis_index}});
    EXPECT_EQ(two->heard<Headers>().back().headers, branch) << "the rest is there for the asking";
}

TEST_F(Reorganisation, NobodyIsToldWhileWeAreFarBehind) {
    const auto chain = network.chain_on(genesis_index, 100);
    network.says(*one, Headers{.headers = chain});
    for (std::size_t i = 0; i < 90; ++i) network.says(*one, BlockMessage{.block = chain[i]});
    EXPECT_TRUE(told_to(*two).empty());
    for (std::size_t i = 90; i < 100; ++i) network.says(*one, BlockMessage{.block = chain[i]});
    EXPECT_EQ(told_to(*two).back(), chain.back());
    EXPECT_LE(told_to(*two).size(), 2 * headers_announced_max);
}

TEST_F(Reorganisation, PaymentsOfAnAbandonedBlockWaitAgainAndAreToldAgain) {
    const auto payment =
        network.archive().add_transaction(network.payment(0, 0, network.person(9).owner));
    brings(*one, payment);
    network.run_for(seconds(5));
    ASSERT_EQ(payments_told_to(*two), std::vector{payment});
    network.mine(0);
    ASSERT_FALSE(network[0].mempool().contains(payment));
    brings(*one, network.chain_on(genesis_index, 2));
    EXPECT_TRUE(network[0].mempool().contains(payment));
    network.run_for(seconds(5));
    EXPECT_EQ(payments_told_to(*two), (std::vector{payment, payment}));
    EXPECT_EQ(network[0].balance().confirmed, bezants(10));
}

TEST_F(Reorganisation, APaymentThatLostItsCoinToTheNewBranchIsReported) {
    TestNetwork two_people{2};
    const auto stranger = two_people.stranger(0);
    const Transaction to_us = two_people.payment(1, 0, TestNetwork::person(0).owner);
    const Transaction to_thief = two_people.payment(1, 0, Person{"thief"}.owner);
    const auto ours = two_people.archive().add_transaction(to_us);
    two_people.happen(0, PaymentSubmitted{ours});
    two_people.mine(0);
    EXPECT_EQ(two_people[0].balance().confirmed.value,
              bezants(21).value);  // 10, 1 less the fee, and the block's 10 and the fee
    const BlockIndex first =
        two_people.block_on(genesis_index, {to_thief}, TestNetwork::payment_fee);
    const BlockIndex second = two_people.block_on(first);
    two_people.says(*stranger, Headers{.headers = {first, second}});
    two_people.says(*stranger, BlockMessage{.block = first});
    two_people.says(*stranger, BlockMessage{.block = second});
    ASSERT_EQ(two_people.tip(0), second);
    EXPECT_FALSE(two_people[0].mempool().contains(ours));
    EXPECT_EQ(two_people[0].balance().confirmed, bezants(10));
    const auto attempts = two_people.effects(0).of_kind("double_spend");
    ASSERT_EQ(attempts.size(), 1U);
    EXPECT_EQ(attempts[0].fact, ours.value);
    EXPECT_TRUE(attempts[0].pays_us);
}

TEST_F(Reorganisation, BlocksAreStoredOnceHoweverOftenTheyConnect) {
    const BlockIndex first = network.mine(0);
    const auto branch = network.chain_on(genesis_index, 2);
    brings(*one, branch);
    const auto back = network.chain_on(first, 2);
    brings(*two, back);
    ASSERT_EQ(network.tip(0), back.back());
    EXPECT_EQ(network.effects(0).stored,
              (std::vector{first, branch[0], branch[1], back[0], back[1]}));
}

TEST(Restart, WhatWasStoredIsKnownAndNotStoredAgain) {
    TestNetwork network{2};
    network.connect(0, 1);
    network.run_for(seconds(1));
    network.pay(0, TestNetwork::person(1).owner, bezants(3));
    network.run_for(seconds(5));
    network.mine(0);
    network.mine(0);
    network.run_for(seconds(1));
    const Balance balance = network[1].balance();
    network.crash(1);
    network.run_for(seconds(1));
    const BlockIndex missed = network.mine(0);
    network.start(1);
    EXPECT_EQ(network[1].chain().height(), Height{2});
    EXPECT_EQ(network[1].balance().spendable, balance.spendable);
    EXPECT_EQ(balance.spendable, bezants(13));
    EXPECT_EQ(network.effects(1).stored.size(), 2U);
    network.connect(0, 1);
    network.run_for(seconds(1));
    EXPECT_EQ(network.tip(1), missed);
    EXPECT_EQ(network.effects(1).stored.size(), 3U);
}

TEST(Restart, APartitionHealsToTheBranchWithMostWork) {
    TestNetwork network{4};
    network.connect(0, 1);
    network.connect(2, 3);
    network.run_for(seconds(1));
    network.mine(0);
    network.mine(1);
    network.run_for(seconds(1));
    for (int i = 0; i < 12; ++i) {
        network.mine(2);
        network.run_for(seconds(1));
    }
    ASSERT_NE(network.tip(1), network.tip(3));
    const BlockIndex best = network.tip(3);
    network.connect(1, 2);
    network.run_for(seconds(10));
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(network.tip(i), best) << i;
}

}  // namespace
}  // namespace bezant::test
