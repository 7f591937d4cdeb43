// SPDX-License-Identifier: Apache-2.0
// What neighbours send in vain: each has credit for it, and loses its place when that is gone.
#include <gtest/gtest.h>

#include "node/conduct.hpp"
#include "node/limits.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

constexpr auto at_once =
    static_cast<std::size_t>(useless_credit_max.microseconds / useless_credit_each.microseconds);

class Flooding : public testing::Test {
protected:
    void SetUp() override { network.says(*stranger, Headers{}); }

    std::string dropped_for() {
        const auto dropped = network.effects(0).of_kind("peer_dropped");
        return dropped.empty() ? "" : dropped.back().detail;
    }
    /// How often it can be said before it is too much.
    std::size_t times_borne(const Message& message) {
        std::size_t said = 0;
        for (; said <= 2 * at_once && stranger->connected; ++said) {
            network.says(*stranger, message);
            stranger->inbox.clear();
        }
        return said - 1;
    }

    TestNetwork network{1};
    BlockIndex tip = network.mine(0);
    std::shared_ptr<Stranger> stranger = network.stranger(0);
};

TEST_F(Flooding, OfPings) {
    EXPECT_EQ(times_borne(Ping{.nonce = 1}), at_once);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(Flooding, OfKnownHeaders) {
    EXPECT_EQ(times_borne(Headers{.headers = {tip}}), at_once);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(Flooding, OfHeadersThatAreNone) {
    EXPECT_EQ(times_borne(Headers{}), at_once);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(Flooding, OfInventoriesWithNothingNew) {
    network.pay(0, TestNetwork::person(5).owner, Amount{5});
    const TransactionIndex known = network[0].mempool().payments().at(0);
    EXPECT_EQ(times_borne(Inventory{.payments = {known}}), at_once);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(Flooding, OfTheSameInventory) {
    EXPECT_EQ(times_borne(Inventory{.payments = {TransactionIndex{0}}}), at_once);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(Flooding, OfQuestionsForWhatIsNotHere) {
    const BlockIndex unknown = network.block_on(tip);
    EXPECT_LE(times_borne(GetData{.payments = {}, .blocks = {unknown}}), at_once);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(Flooding, OfAnswersWithNothingInThem) {
    EXPECT_EQ(times_borne(NotFound{}), at_once);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(Flooding, OfChangesOfMind) {
    network.says(*stranger, SendCompact{.unasked = false});
    std::size_t said = 1;
    for (; said <= 2 * at_once && stranger->connected; ++said)
        network.says(*stranger, SendCompact{.unasked = said % 2 == 1});
    EXPECT_EQ(said, at_once + 1);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(Flooding, OfNewsOfAddresses) {
    EXPECT_EQ(times_borne(Addresses{}), at_once);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(Flooding, CreditComesBackInTime) {
    for (int minute = 0; minute < 10; ++minute) {
        for (std::size_t i = 0; i < at_once; ++i) network.says(*stranger, Ping{.nonce = i});
        ASSERT_TRUE(stranger->connected);
        network.run_for(useless_credit_max);
    }
    network.run_for(seconds(100));
    EXPECT_EQ(times_borne(Ping{.nonce = 1}), at_once) << "no more than so much is saved";
}

TEST_F(Flooding, SettingTheClockBackTakesNoCredit) {
    network.set_clock_ahead(0, seconds(-7'200));
    EXPECT_EQ(times_borne(Ping{.nonce = 1}), at_once);
}

}  // namespace
}  // namespace bezant::test
