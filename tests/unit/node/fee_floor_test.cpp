// SPDX-License-Identifier: Apache-2.0
// What neighbours are told of the fees that a pool asks for, and what they make of it.
#include "node/fee_floor.hpp"

#include <gtest/gtest.h>

#include "ledger/codec.hpp"
#include "node/limits.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

constexpr std::uint64_t payment_bytes = 182;  // one input, one output

/// A participant with a pool for ten payments.
class FeeFloors : public testing::Test {
protected:
    static TestNetwork::Settings settings() {
        TestNetwork::Settings settings;
        settings.coins_each = 60;
        settings.options.mempool.bytes_max = 10 * payment_bytes;
        return settings;
    }
    std::string dropped_for() {
        const auto dropped = network.effects(0).of_kind("peer_dropped");
        return dropped.empty() ? "" : dropped.back().detail;
    }
    TransactionIndex pay(std::uint64_t fee) {
        const Spend spend = network.coin(0, next_coin++);
        const Amount amount{spend.coin.amount.value - fee};
        const Transaction payment =
            make_payment(std::span{&spend, 1}, {{amount, TestNetwork::person(5).owner}},
                         network.archive().parameters());
        const TransactionIndex index = network.archive().add_transaction(payment);
        network.happen(0, PaymentSubmitted{index});
        return index;
    }
    /// More than fit, the first of which pay least; the floor is above what those pay that go.
    void fill(std::uint64_t fee) {
        for (std::uint64_t i = 0; i < 12; ++i) pay(fee + i);
    }
    static std::vector<Amount> told(const Stranger& stranger) {
        std::vector<Amount> floors;
        for (const FeeFloor& floor : stranger.heard<FeeFloor>())
            floors.push_back(floor.fee_per_kilobyte);
        return floors;
    }
    static std::vector<TransactionIndex> told_payments(const Stranger& stranger) {
        std::vector<TransactionIndex> payments;
        for (const Inventory& inventory : stranger.heard<Inventory>())
            payments.insert(payments.end(), inventory.payments.begin(), inventory.payments.end());
        return payments;
    }

    TestNetwork network{1, settings()};
    std::size_t next_coin = 0;
};

TEST_F(FeeFloors, NothingIsSaidWhileEverythingIsTaken) {
    const auto stranger = network.stranger(0);
    for (int i = 0; i < 10; ++i) pay(1'000);
    network.run_for(seconds(10'000));
    EXPECT_TRUE(told(*stranger).empty());
}

TEST_F(FeeFloors, TheLeastFeeIsSaidAfterHello) {
    TestNetwork::Settings strict = settings();
    strict.options.mempool.fee_per_kilobyte_min = Amount{12'345};
    TestNetwork choosy{1, strict};
    EXPECT_EQ(told(*choosy.stranger(0)), std::vector{Amount{12'345}});
    strict.options.fee_floor_interval = {};
    TestNetwork silent{1, strict};
    EXPECT_TRUE(told(*silent.stranger(0)).empty());
}

TEST_F(FeeFloors, AFullPoolsFloorIsSaidLaterInASteppedValue) {
    const auto stranger = network.stranger(0);
    fill(1'000);
    const Amount floor = network[0].mempool().fee_floor();
    EXPECT_GE(floor.value, 1'000'000 / payment_bytes);
    EXPECT_LE(floor.value, 1'012'000 / payment_bytes);
    network.run_for(seconds(9));
    EXPECT_TRUE(told(*stranger).empty());
    network.run_for(seconds(300));
    ASSERT_EQ(told(*stranger).size(), 1U) << "within half the interval, as it moved much";
    const std::uint64_t said = told(*stranger)[0].value;
    EXPECT_LE(said, floor.value);
    EXPECT_GE(said, floor.value - floor.value / 8);
    EXPECT_EQ(said & (said - 1) & ((said >> 3U) - 1), 0U) << "four bits at most";
    EXPECT_EQ(told(*network.stranger(0)), told(*stranger)) << "a newcomer hears it at once";
}

TEST_F(FeeFloors, AFloorThatWaversIsNotSaidAgain) {
    const auto stranger = network.stranger(0);
    fill(1'000);
    network.run_for(seconds(1'000));
    for (std::uint64_t i = 0; i < 4; ++i) pay(1'012 + i);
    network.run_for(seconds(10'000));
    EXPECT_EQ(told(*stranger).size(), 1U);
}

TEST_F(FeeFloors, AnEmptyPoolTakesAllAgainAndSaysSo) {
    const auto stranger = network.stranger(0);
    fill(1'000);
    network.run_for(seconds(1'000));
    network.mine(0);
    EXPECT_EQ(network[0].mempool().fee_floor(), Amount{});
    network.run_for(seconds(300));
    ASSERT_EQ(told(*stranger).size(), 2U);
    EXPECT_EQ(told(*stranger)[1], Amount{});
    const TransactionIndex cheap = pay(1);
    EXPECT_TRUE(network[0].mempool().contains(cheap));
}

TEST_F(FeeFloors, APaymentThatWasPushedOutAlongWithAnotherMayComeAgain) {
    std::vector<TransactionIndex> payments;
    for (std::uint64_t i = 0; i < 10; ++i) payments.push_back(pay(1'000 + i));
    pay(1);  // lets nobody stay who pays least, and does not stay itself
    ASSERT_FALSE(network[0].mempool().contains(payments[0]));
    network.mine(0);
    network.happen(0, PaymentSubmitted{payments[0]});
    EXPECT_TRUE(network[0].mempool().contains(payments[0]));
}

TEST_F(FeeFloors, ChangesAreSaidNoFasterThanTheSpacing) {
    TestNetwork::Settings hasty = settings();
    hasty.options.fee_floor_interval = microseconds(1);
    TestNetwork eager{1, hasty};
    const auto stranger = eager.stranger(0);
    std::uint64_t fee = 1'000;
    for (std::size_t coin = 0; coin < 60; ++coin, fee += fee / 4) {
        eager.pay(0, TestNetwork::person(5).owner, Amount{1'000}, Amount{fee});
        eager.run_for(seconds(1));
    }
    EXPECT_GT(told(*stranger).size(), 1U);
    EXPECT_LE(told(*stranger).size(), 6U);
}

TEST_F(FeeFloors, PaymentsBelowANeighboursFloorAreNotToldToIt) {
    const auto choosy = network.stranger(0);
    const auto other = network.stranger(0);
    network.says(*choosy, FeeFloor{.fee_per_kilobyte = Amount{10'000}});
    const TransactionIndex below = pay(1'819);  // of 1,820 that 182 bytes must pay
    const TransactionIndex at = pay(1'820);
    network.run_for(seconds(10));
    EXPECT_EQ(told_payments(*choosy), std::vector{at});
    EXPECT_EQ(told_payments(*other), (std::vector{below, at}));
    network.says(*choosy, GetData{.payments = {below}, .blocks = {}});
    EXPECT_TRUE(choosy->heard<PaymentMessage>().empty()) << "it was not told of it";
    network.says(*choosy, FeeFloor{.fee_per_kilobyte = Amount{}});
    const TransactionIndex later = pay(1);
    network.run_for(seconds(10));
    EXPECT_EQ(told_payments(*choosy), (std::vector{at, later})) << "what was passed over stays so";
}

TEST_F(FeeFloors, AFloorAboveAllMoneyIsALie) {
    const Amount all = maximum_supply(network.archive().parameters());
    const auto stranger = network.stranger(0);
    network.says(*stranger, FeeFloor{.fee_per_kilobyte = all});
    EXPECT_TRUE(stranger->connected);
    network.says(*stranger, FeeFloor{.fee_per_kilobyte = Amount{all.value + 1}});
    EXPECT_EQ(dropped_for(), "malformed_message");
}

TEST_F(FeeFloors, TheSameIsSaidOnce) {
    const auto stranger = network.stranger(0);
    network.says(*stranger, FeeFloor{.fee_per_kilobyte = Amount{5}});
    for (int i = 0; i < 4; ++i) network.says(*stranger, FeeFloor{.fee_per_kilobyte = Amount{5}});
    EXPECT_TRUE(stranger->connected);
    network.says(*stranger, FeeFloor{.fee_per_kilobyte = Amount{5}});
    EXPECT_EQ(dropped_for(), "unexpected_message");
    const auto idle = network.stranger(0);
    for (int i = 0; i < 5; ++i) network.says(*idle, FeeFloor{});
    EXPECT_FALSE(idle->connected) << "nothing is what all ask for until they say otherwise";
}

TEST_F(FeeFloors, ChangingItAllTheTimeIsFlooding) {
    const auto stranger = network.stranger(0);
    const auto change_until_full = [&] {
        for (std::uint64_t i = 1; i <= fee_floors_per_ping_max; ++i)
            network.says(*stranger, FeeFloor{.fee_per_kilobyte = Amount{i}});
    };
    change_until_full();
    EXPECT_TRUE(stranger->connected);
    network.run_for(seconds(121));
    change_until_full();
    EXPECT_TRUE(stranger->connected) << "the ping timer went off in between";
    network.says(*stranger, FeeFloor{.fee_per_kilobyte = Amount{1}});
    EXPECT_EQ(dropped_for(), "flooding");
}

}  // namespace
}  // namespace bezant::test
