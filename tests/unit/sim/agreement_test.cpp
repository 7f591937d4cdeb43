// SPDX-License-Identifier: Apache-2.0
#include "sim/agreement.hpp"

#include <gtest/gtest.h>

#include "tests/unit/sim/test_ledger.hpp"

namespace bezant::sim {
namespace {

class AgreementTest : public testing::Test {
protected:
    test::TestLedger ledger;
    BlockIndex left = ledger.add_good_block(genesis_index);
    BlockIndex right = ledger.add_good_block(genesis_index);
    BlockIndex top = ledger.add_good_block(right);
    Agreement agreement{5, ledger.archive.blocks()};
};

TEST_F(AgreementTest, CountsDifferentTipsOfThoseWhoRun) {
    EXPECT_EQ(agreement.tips(), 0U);
    EXPECT_EQ(agreement.common_tip(), genesis_index);
    agreement.set(0, left);
    agreement.set(1, left);
    agreement.set(1, left);
    EXPECT_EQ(agreement.tips(), 1U);
    agreement.set(2, top);
    EXPECT_EQ(agreement.tips(), 2U);
    agreement.set(2, std::nullopt);
    EXPECT_EQ(agreement.tips(), 1U);
    EXPECT_EQ(agreement.best_height(), Height{2});
}

TEST_F(AgreementTest, FindsTheTipThatMostAreOnThenTheOneWithMostWork) {
    agreement.set(0, left);
    agreement.set(1, top);
    EXPECT_EQ(agreement.common_tip(), top);
    agreement.set(2, left);
    EXPECT_EQ(agreement.common_tip(), left);
    agreement.set(3, top);
    EXPECT_EQ(agreement.common_tip(), top);
    agreement.set(4, genesis_index);
    EXPECT_EQ(agreement.common_tip(), top);
    agreement.set(1, left);
    EXPECT_EQ(agreement.common_tip(), left);
}

}  // namespace
}  // namespace bezant::sim
