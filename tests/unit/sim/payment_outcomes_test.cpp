// SPDX-License-Identifier: Apache-2.0
#include "sim/payment_outcomes.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/sim/test_ledger.hpp"

namespace bezant::sim {
namespace {

class PaymentOutcomesTest : public testing::Test {
protected:
    [[nodiscard]] Summary::Transactions outcomes(BlockIndex tip) const {
        return payment_outcomes(
            ledger.archive, tip, [&](TransactionIndex payment) { return held.contains(payment); },
            [&](TransactionIndex payment) { return turned_down.contains(payment); });
    }

    /// What a payment of everything gives to 2 is given back to 1.
    [[nodiscard]] Transaction child_of(const Transaction& parent) const {
        return ledger.payment(2, OutPoint{.transaction = transaction_id(parent), .index = 0},
                              parent.outputs.front(),
                              {{.amount = bezants(10), .owner = ledger.owner(1)}});
    }

    test::TestLedger ledger;
    std::set<TransactionIndex> held;
    std::set<TransactionIndex> turned_down;
};

TEST_F(PaymentOutcomesTest, TellsTheConfirmedFromThoseWhoseCoinIsGone) {
    const Transaction loser = ledger.payment(1, 2);
    static_cast<void>(ledger.archive.add_transaction(loser));
    static_cast<void>(ledger.archive.add_transaction(child_of(loser)));
    const BlockIndex tip = ledger.add_good_block(genesis_index, {ledger.payment(1, 0)});
    const auto found = outcomes(tip);
    EXPECT_EQ(found.created, 3U);
    EXPECT_EQ(found.confirmed, 1U);
    EXPECT_EQ(found.rejected, 2U);
    EXPECT_EQ(found.pending, 0U);
}

TEST_F(PaymentOutcomesTest, DoesNotCountAnotherBranch) {
    const BlockIndex branch = ledger.add_good_block(genesis_index, {ledger.payment(1, 2)});
    EXPECT_EQ(outcomes(branch).confirmed, 1U);
    EXPECT_EQ(outcomes(genesis_index).confirmed, 0U);
    EXPECT_EQ(outcomes(genesis_index).pending, 1U);
}

TEST_F(PaymentOutcomesTest, LetsAHeldPaymentBePendingWhoeverTurnedItDown) {
    const TransactionIndex payment = ledger.archive.add_transaction(ledger.payment(1, 2));
    EXPECT_EQ(outcomes(genesis_index).pending, 1U);
    turned_down.insert(payment);
    EXPECT_EQ(outcomes(genesis_index).rejected, 1U);
    held.insert(payment);
    EXPECT_EQ(outcomes(genesis_index).pending, 1U);
    EXPECT_EQ(outcomes(genesis_index).rejected, 0U);
}

TEST_F(PaymentOutcomesTest, DoesNotCountWhatWasOnlyNamed) {
    static_cast<void>(ledger.archive.name_transaction(FullTransactionId{{1, 2, 3}}));
    EXPECT_EQ(outcomes(genesis_index).created, 0U);
}

}  // namespace
}  // namespace bezant::sim
