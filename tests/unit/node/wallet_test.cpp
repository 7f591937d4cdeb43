// SPDX-License-Identifier: Apache-2.0
#include "node/wallet.hpp"

#include <gtest/gtest.h>

#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class Paying : public testing::Test {
protected:
    std::string outcome_of(std::uint64_t order) {
        for (const Noticed& notice : network.effects(0).notices) {
            if (notice.fact != order) continue;
            if (notice.kind == "order_paid") return "paid";
            if (notice.kind == "order_failed") return notice.detail;
        }
        return "nothing";
    }
    std::string paying(Amount amount, Amount fee = Amount{1'000}) {
        return outcome_of(network.pay(0, bob.owner, amount, fee));
    }

    static constexpr Amount everything{UINT64_MAX};

    TestNetwork network{1};
    Person bob{"bob"};
};

TEST_F(Paying, ChangeComesBack) {
    EXPECT_EQ(paying(Amount{150'000'000}), "paid");
    const Balance waiting = network[0].balance();
    EXPECT_EQ(waiting.spendable, bezants(8));
    EXPECT_EQ(waiting.incoming, Amount{49'999'000});
    EXPECT_EQ(waiting.confirmed, bezants(10));
    network.mine(0);
    const Balance after = network[0].balance();
    EXPECT_EQ(after.spendable, Amount{849'999'000});
    EXPECT_EQ(after.immature, Amount{bezants(10).value + 1'000});
    EXPECT_EQ(after.incoming, Amount{});
}

TEST_F(Paying, SeveralOrdersNeverUseACoinTwice) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(paying(bezants(2)), "paid");
    EXPECT_EQ(network[0].mempool().size(), 3U);
    EXPECT_TRUE(network.effects(0).of_kind("double_spend").empty());
    const std::uint64_t fees = 3'000;
    network.mine(0);
    EXPECT_EQ(network[0].balance().spendable.value, bezants(4).value - fees);
}

TEST_F(Paying, ChangeThatWaitsIsUsedWhenNothingElseIsLeft) {
    EXPECT_EQ(paying(Amount{bezants(9).value + 50'000'000}), "paid");
    EXPECT_EQ(network[0].balance().spendable, Amount{});
    EXPECT_EQ(paying(Amount{10'000'000}), "paid");
    network.mine(0);
    EXPECT_EQ(network[0].mempool().size(), 0U) << "parent and child in one block";
}

TEST_F(Paying, MoneyOfOthersThatWaitsIsNotSpent) {
    TestNetwork two{2};
    two.connect(0, 1);
    two.pay(1, TestNetwork::person(0).owner, bezants(5));
    two.run_for(seconds(5));
    two.pay(1, TestNetwork::person(0).owner, bezants(4));
    two.run_for(seconds(5));
    EXPECT_EQ(two[0].balance().incoming, bezants(9));
    two.pay(0, bob.owner, bezants(11));
    EXPECT_EQ(two.effects(0).of_kind("order_failed").at(0).detail, "insufficient_funds");
}

TEST_F(Paying, OrdersThatCannotBePaidAreRefusedByName) {
    EXPECT_EQ(paying(Amount{}), "amount_zero");
    EXPECT_EQ(paying(Amount{UINT64_MAX}), "amount_overflow");
    EXPECT_EQ(paying(bezants(10)), "insufficient_funds") << "nothing is left for the fee";
    EXPECT_EQ(paying(bezants(10), Amount{}), "paid");
    EXPECT_EQ(paying(Amount{1}, Amount{}), "insufficient_funds");
    EXPECT_EQ(network[0].balance().incoming, Amount{}) << "no change of nothing";
}

TEST_F(Paying, APoolThatAsksForMoreRefuses) {
    TestNetwork::Settings settings;
    settings.options.mempool.fee_per_kilobyte_min = Amount{1'000'000};
    TestNetwork choosy{1, settings};
    choosy.pay(0, bob.owner, bezants(1), Amount{1});
    EXPECT_EQ(choosy.effects(0).of_kind("order_failed").at(0).detail, "refused_by_pool");
    EXPECT_EQ(choosy.effects(0).of_kind("payment_refused").at(0).detail, "fee_too_low");
    EXPECT_EQ(choosy[0].balance().spendable, bezants(10));
}

TEST_F(Paying, ImmatureCoinsMustWait) {
    network.mine(0);  // maturity of 2: spendable in the block after the next
    EXPECT_EQ(network[0].balance().immature, bezants(10));
    EXPECT_EQ(network[0].spendable(everything), bezants(10));
    network.mine(0);
    EXPECT_EQ(network[0].balance().spendable, bezants(20));
    EXPECT_EQ(network[0].balance().immature, bezants(10));
    EXPECT_EQ(network[0].spendable(everything), bezants(20));
    EXPECT_EQ(paying(bezants(20)), "insufficient_funds") << "nothing mature is left for the fee";
    EXPECT_EQ(paying(bezants(19)), "paid");
    network.mine(0);
    EXPECT_EQ(network[0].mempool().size(), 0U);
}

}  // namespace
}  // namespace bezant::test
