// SPDX-License-Identifier: Apache-2.0
#include "net/checking_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "rules/sound_payment.hpp"
#include "tests/support/block_builder.hpp"

namespace bezant::net {
namespace {

using test::Person;

/// Payments of which every third is not its owner's.
class CheckingPoolTest : public testing::Test {
protected:
    CheckingPoolTest() {
        const Output coin{bezants(1), owner_.owner};
        for (std::uint32_t i = 0; i < 300; ++i) {
            const std::array spends{
                test::Spend{.outpoint = {{}, i}, .coin = coin, .owner = &owner_}};
            payments_.push_back(test::make_payment(
                spends, {{Amount{bezants(1).value - i}, owner_.owner}}, parameters_));
            if (i % 3 == 0) payments_.back().inputs[0].signature.bytes[5] ^= 1U;
        }
    }

    std::vector<PaymentCheck> checks() const {
        std::vector<PaymentCheck> checks;
        for (const Transaction& payment : payments_)
            checks.push_back({.payment = &payment, .spent = {{bezants(1), owner_.owner}}});
        return checks;
    }

    static void expect_found_out(const std::vector<PaymentCheck>& checks) {
        for (std::uint32_t i = 0; i < checks.size(); ++i)
            EXPECT_EQ(checks[i].fee, i % 3 == 0 ? std::nullopt : std::optional{Amount{i}});
    }

    Person owner_{"owner"};
    Parameters parameters_ = *built_in_parameters("local");
    std::vector<Transaction> payments_;
};

TEST_F(CheckingPoolTest, FindsOutOfEachPaymentWhatIsSo) {
    for (const unsigned threads : {1U, 2U, 5U}) {
        CheckingPool pool{parameters_, threads};
        std::vector<PaymentCheck> asked = checks();
        pool.find_out(asked);
        expect_found_out(asked);
    }
}

TEST_F(CheckingPoolTest, TellsOnceWhenAllOfAWorkIsDone) {
    CheckingPool pool{parameters_, 3};
    std::array<std::promise<void>, 4> told;  // a second time would throw
    std::vector<std::shared_ptr<CheckingPool::Work>> begun;
    for (std::promise<void>& each : told)
        begun.push_back(pool.begin(checks(), [&each] { each.set_value(); }));
    for (std::size_t i = 0; i < told.size(); ++i) {
        told[i].get_future().wait();
        EXPECT_TRUE(CheckingPool::is_done(*begun[i]));
        expect_found_out(pool.finish(*begun[i]));
    }
}

TEST_F(CheckingPoolTest, WhoWaitsTakesPartAndNeedNotWaitForWhatWasBegunBefore) {
    CheckingPool pool{parameters_, 1};
    std::vector<std::shared_ptr<CheckingPool::Work>> begun;
    begun.reserve(20);
    for (int i = 0; i < 20; ++i) begun.push_back(pool.begin(checks(), [] {}));
    std::vector<PaymentCheck> urgent = checks();
    pool.find_out(urgent);
    expect_found_out(urgent);
    EXPECT_FALSE(CheckingPool::is_done(*begun.back()));
    expect_found_out(pool.finish(*begun.back()));
    expect_found_out(pool.finish(*begun.front()));
}

TEST_F(CheckingPoolTest, EndsInTheMiddleOfItsWork) {
    std::atomic<int> told = 0;
    {
        CheckingPool pool{parameters_, 2};
        for (int i = 0; i < 50; ++i) (void)pool.begin(checks(), [&] { ++told; });
    }
    EXPECT_LT(told, 50);
}

}  // namespace
}  // namespace bezant::net
