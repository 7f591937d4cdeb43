// SPDX-License-Identifier: Apache-2.0
// Archive::check_payment_on beside the rules it stands for.
#include <gtest/gtest.h>

#include <map>

#include "chain/archive.hpp"
#include "rules/transaction_format.hpp"
#include "tests/seeds.hpp"
#include "tests/support/broken_payment.hpp"
#include "tests/unit/chain/shared_archive.hpp"

namespace bezant {
namespace {

using test::ChainBuilder;
using test::CoinMap;
using test::SharedArchive;

/// What the rules say, asked the plain way.
Result<Amount, Rejection> plain_verdict(const Transaction& payment, Height height,
                                        const CoinView& coins, const Parameters& parameters) {
    DirectVerifier verifier;
    if (auto formed = check_payment_format(payment, parameters, maximum_supply(parameters));
        !formed)
        return unexpected{formed.error()};
    auto effect = check_payment(payment, height, coins, parameters, verifier);
    if (!effect) return unexpected{effect.error()};
    return effect->fee;
}

/// Breaks a payment in one of several ways, or not at all.
Transaction perhaps_broken(Transaction payment, Random& random) {
    test::break_payment(payment, random.below(test::ways_to_break_a_payment + 4));
    return payment;
}

TEST(CheckPayment, GivesTheVerdictOfTheRulesOnEveryTip) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(10); ++seed) {
        ChainBuilder builder{seed};
        builder.grow_tree(30);
        SharedArchive shared{builder};
        Archive& archive = shared.archive();
        Random& random = builder.random();
        std::vector<TransactionIndex> payments;
        for (const Transaction& payment : builder.payments())
            payments.push_back(archive.add_transaction(perhaps_broken(payment, random)));
        std::size_t valid = 0;
        for (int i = 0; i < 600; ++i) {
            const TransactionIndex payment = random.pick(payments);
            const std::size_t tip = random.below(builder.size());
            ASSERT_EQ(archive.block_fault(shared.index(tip)), nullptr);
            const Height height = next(builder[tip].height);
            const auto verdict =
                archive.check_payment_on(payment, height, archive.coins_at(shared.index(tip)));
            ASSERT_EQ(verdict, plain_verdict(archive.transactions()[payment].transaction, height,
                                             builder[tip].coins, builder.parameters()));
            valid += verdict ? 1U : 0U;
        }
        EXPECT_GT(valid, 5U) << "both verdicts are tried";
    }
}

/// The coins after a tip and some payments that wait, by index: what a pool is to a payment.
class WithPending final : public IndexedCoins {
public:
    WithPending(const IndexedCoins& below, std::map<CoinIndex, CoinLookup> pending)
        : below_(below), pending_(std::move(pending)) {}

    [[nodiscard]] CoinLookup at(CoinIndex coin) const override {
        const auto found = pending_.find(coin);
        return found == pending_.end() ? below_.at(coin) : found->second;
    }

private:
    const IndexedCoins& below_;
    std::map<CoinIndex, CoinLookup> pending_;
};

TEST(CheckPayment, TakesCoinsThatPendingPaymentsCreate) {
    ChainBuilder builder{21};
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    CoinMap coins = builder[0].coins;
    const Transaction parent = *builder.new_payment(coins, Height{1});
    builder.apply_payment(coins, parent, Height{1});
    const test::Spend spend = ChainBuilder::spend_of(parent, 0);
    const Transaction child = test::make_payment(
        std::vector{spend}, {{spend.coin.amount, builder.person(0).owner}}, builder.parameters());

    archive.add_transaction(parent);
    const TransactionIndex index = archive.add_transaction(child);
    const CoinsAtTip at_genesis = archive.coins_at(genesis_index);
    for (int again = 0; again < 2; ++again) {
        const auto alone = archive.check_payment_on(index, Height{1}, at_genesis);
        ASSERT_FALSE(alone);
        EXPECT_EQ(alone.error().reason, Reason::unknown_coin);
        const WithPending pending{at_genesis,
                                  {{archive.transactions()[index].spends[0],
                                    {CoinState::unspent, {spend.coin, Height{1}, false}}}}};
        EXPECT_EQ(archive.check_payment_on(index, Height{1}, pending), Amount{0});
    }
}

TEST(CheckPayment, LetsACoinbaseMatureToTheBlock) {
    ChainBuilder builder{22};
    SharedArchive shared{builder};
    const std::size_t mined = builder.grow(0, 0);
    std::size_t tip = mined;
    for (int i = 0; i < 5; ++i) tip = builder.grow(tip, 0);
    shared.add();
    Archive& archive = shared.archive();
    ASSERT_EQ(archive.block_fault(shared.index(tip)), nullptr);

    const Transaction& coinbase = builder[mined].block.transactions[0];
    const test::Spend spend = ChainBuilder::spend_of(coinbase, 0);
    const TransactionIndex payment = archive.add_transaction(
        test::make_payment(std::vector{spend}, {spend.coin}, builder.parameters()));
    // Twice: before and after the payment is found good somewhere.
    for (int again = 0; again < 2; ++again) {
        for (std::size_t on = mined; on <= tip; ++on) {
            const Height height = next(builder[on].height);
            const auto verdict =
                archive.check_payment_on(payment, height, archive.coins_at(shared.index(on)));
            const bool mature = height.value >= 1 + ChainBuilder::maturity;
            ASSERT_EQ(verdict.has_value(), mature) << height.value;
            if (!mature) {
                EXPECT_EQ(verdict.error().reason, Reason::immature_coinbase);
            }
        }
    }
}

}  // namespace
}  // namespace bezant
