// SPDX-License-Identifier: Apache-2.0
// Participants on a line: blocks and payments travel hop by hop, newcomers and the restarted catch
// up.
#include <gtest/gtest.h>

#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

TEST(Agreement, ABlockTravelsAlongALine) {
    TestNetwork network{5};
    network.line();
    network.run_for(seconds(1));
    const BlockIndex mined = network.mine(0);
    network.run_for(seconds(1));
    ASSERT_NE(mined, genesis_index);
    for (std::size_t i = 0; i < network.size(); ++i) EXPECT_EQ(network.tip(i), mined) << i;
}

TEST(Agreement, APaymentTravelsAlongALineAndIsMinedAtItsEnd) {
    TestNetwork network{5};
    network.line();
    network.run_for(seconds(1));
    network.pay(0, TestNetwork::person(4).owner, bezants(3));
    network.run_for(seconds(10));
    for (std::size_t i = 0; i < network.size(); ++i) EXPECT_EQ(network[i].mempool().size(), 1U);
    EXPECT_EQ(network[4].balance().incoming, bezants(3));
    network.mine(4);
    network.run_for(seconds(1));
    for (std::size_t i = 0; i < network.size(); ++i) EXPECT_EQ(network[i].mempool().size(), 0U);
    EXPECT_EQ(network[4].balance().spendable, bezants(13));
    EXPECT_EQ(network[0].balance().confirmed, (Amount{bezants(7).value - 1'000}));
    EXPECT_TRUE(network.agreed());
}

TEST(Agreement, ALateJoinerCatchesUpWithFiveThousandBlocks) {
    TestNetwork network{3};
    network.connect(0, 1);
    network.run_for(seconds(1));
    for (int i = 0; i < 5'000; ++i) {
        network.run_for(milliseconds(100));
        network.mine(0);
    }
    network.run_for(seconds(1));
    ASSERT_TRUE(network.tip(0) == network.tip(1));
    network.connect(2, 0);
    network.connect(2, 1);
    network.run_for(seconds(60));
    EXPECT_EQ(network[2].chain().height(), Height{5'000});
    EXPECT_TRUE(network.agreed());
    EXPECT_TRUE(network.effects(2).of_kind("peer_dropped").empty());
    EXPECT_TRUE(network.effects(0).of_kind("peer_dropped").empty());
}

}  // namespace
}  // namespace bezant::test
