// SPDX-License-Identifier: Apache-2.0
#include "rules/transaction_rules.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "base/random.hpp"
#include "rules/transaction_format.hpp"
#include "tests/unit/rules/scene.hpp"

namespace bezant::test {
namespace {

Result<PaymentEffect, Rejection> check(const Scene& scene, const Transaction& payment) {
    DirectVerifier signatures;
    return check_payment(payment, Scene::height, scene.coins, scene.parameters, signatures);
}

TEST(Payment, HasTheCoinsItSpendsAndItsFee) {
    Scene scene;
    const auto effect = check(scene, scene.payment(3));
    ASSERT_TRUE(effect) << to_text(effect.error());
    EXPECT_EQ(effect->fee, Amount{});
    const std::vector<Coin> spent{{scene.mature_coinbase.coin, Height{18}, true},
                                  {scene.bobs_coin.coin, Height{0}, false}};
    EXPECT_EQ(effect->spent, spent);
    EXPECT_EQ(check(scene, scene.payment(1))->fee, Scene::units("0.5"));
}

TEST(Payment, IsPlacedInNoBlock) {
    Scene scene;
    const Rejection rejection = check(scene, scene.payment(2)).error();
    EXPECT_EQ(rejection.reason, Reason::unknown_coin);
    EXPECT_EQ(rejection.transaction, std::nullopt);
    EXPECT_EQ(rejection.input, 0U);
    EXPECT_EQ(rejection.got,
              "coin " + to_hex_reversed(transaction_id(scene.payment(1)).view()) + ":0");
}

TEST(Payment, MayGiveEverythingAsFee) {
    const Scene scene;
    const auto effect =
        check(scene, scene.pay({scene.alices_coin}, {{Amount{1}, scene.bob.owner}}));
    ASSERT_TRUE(effect);
    EXPECT_EQ(effect->fee, Scene::units("99.99999999"));
}

TEST(Payment, OfAnotherNetworkHasABadSignature) {
    Scene scene;
    scene.parameters.genesis_hash.bytes[0] ^= 1;
    EXPECT_EQ(check(scene, scene.payment(1)).error().reason, Reason::bad_signature);
}

// Without the coins in what is signed, a wallet could be lied to about what it gives away.
TEST(Payment, SignedForAnotherAmountHasABadSignature) {
    const Scene scene;
    Spend lie = scene.alices_coin;
    lie.coin.amount = bezants(1);
    EXPECT_EQ(check(scene, scene.pay({lie}, {{bezants(1), scene.bob.owner}})).error().reason,
              Reason::bad_signature);
}

TEST(Payment, CannotTakeTheSignatureOfAnotherInput) {
    Scene scene;
    Transaction payment = scene.payment(3);
    std::swap(payment.inputs[0].signature, payment.inputs[1].signature);
    const Rejection rejection = check(scene, payment).error();
    EXPECT_EQ(rejection.reason, Reason::bad_signature);
    EXPECT_EQ(rejection.input, 0U);
}

// Each rule is asked of all inputs before the next.
TEST(Payment, NamesTheEarlierRuleThoughALaterInputBreaksIt) {
    const Scene scene;
    Spend unknown = scene.bobs_coin;
    unknown.outpoint.index = 99;
    Spend stolen = scene.alices_coin;
    stolen.owner = &scene.carol;
    const std::vector<Output> outputs{{bezants(1), scene.carol.owner}};
    const auto reason = [&](std::vector<Spend> spends) {
        return check(scene, scene.pay(std::move(spends), outputs)).error().reason;
    };
    EXPECT_EQ(reason({stolen, scene.immature_coinbase, scene.spent_coin, unknown}),
              Reason::unknown_coin);
    EXPECT_EQ(reason({stolen, scene.immature_coinbase, scene.spent_coin}),
              Reason::coin_already_spent);
    EXPECT_EQ(reason({stolen, scene.immature_coinbase}), Reason::immature_coinbase);
    EXPECT_EQ(reason({scene.bobs_coin, stolen}), Reason::wrong_owner);
}

TEST(Payment, NamesTheFirstInputAtFault) {
    Scene scene;
    scene.coins.spend(scene.bobs_coin.outpoint);
    const std::vector<Output> outputs{{bezants(1), scene.carol.owner}};
    const auto payment = scene.pay({scene.alices_coin, scene.bobs_coin, scene.spent_coin}, outputs);
    EXPECT_EQ(check(scene, payment).error().reason, Reason::coin_already_spent);
    EXPECT_EQ(check(scene, payment).error().input, 1U);
}

TEST(PaymentDeathTest, SpendsNoMoreThanThereIs) {
    Scene scene;
    const Coin impossible{{Amount{UINT64_MAX}, scene.bob.owner}, Height{0}, false};
    scene.coins.add(scene.bobs_coin.outpoint, impossible);
    scene.bobs_coin.coin = impossible.output;
    const auto payment =
        scene.pay({scene.bobs_coin, scene.alices_coin}, {{Amount{1}, scene.bob.owner}});
    EXPECT_DEATH((void)check(scene, payment), "parts of the money there is");
}

Result<void, Rejection> form_of(const Transaction& payment, const Parameters& parameters) {
    return check_payment_format(payment, parameters, maximum_supply(parameters));
}

TEST(TransactionFormat, OfAGoodPaymentIsAccepted) {
    Scene scene;
    for (std::size_t i = 1; i < scene.block.transactions.size(); ++i)
        EXPECT_TRUE(form_of(scene.payment(i), scene.parameters));
}

TEST(TransactionFormat, RefusesACoinbaseOfferedAsAPayment) {
    Scene scene;
    const Rejection rejection = form_of(scene.coinbase(), scene.parameters).error();
    EXPECT_EQ(rejection.reason, Reason::unexpected_coinbase);
    EXPECT_EQ(rejection.input, 0U);
}

// The sum of these amounts is 1 if it wraps around 64 bits (Bitcoin's block 74638).
TEST(TransactionFormat, RefusesAmountsWhoseSumWrapsAround) {
    const Scene scene;
    const Amount half{UINT64_MAX / 2 + 1};
    const auto payment =
        scene.pay({scene.alices_coin},
                  {{half, scene.bob.owner}, {half, scene.bob.owner}, {Amount{1}, scene.bob.owner}});
    const Rejection rejection = form_of(payment, scene.parameters).error();
    EXPECT_EQ(rejection.reason, Reason::amount_overflow);
    EXPECT_EQ(rejection.input, 0U);
}

TEST(TransactionFormat, AllowsAllTheMoneyThereIs) {
    const Scene scene;
    const Amount all = maximum_supply(scene.parameters);
    EXPECT_TRUE(
        form_of(scene.pay({scene.alices_coin}, {{all, scene.bob.owner}}), scene.parameters));
    EXPECT_FALSE(form_of(scene.pay({scene.alices_coin}, {{Amount{all.value + 1}, scene.bob.owner}}),
                         scene.parameters));
}

TEST(TransactionFormat, FindsTheFirstRepeatedInputWhereverItIs) {
    const Scene scene;
    Random random{5};
    for (int round = 0; round < 300; ++round) {
        Transaction payment = scene.payment_of_inputs(2 + random.below(30));
        const std::size_t copied = random.below(payment.inputs.size() - 1);
        const std::size_t repeated = copied + 1 + random.below(payment.inputs.size() - copied - 1);
        payment.inputs[repeated].previous = payment.inputs[copied].previous;
        const auto checked = form_of(payment, scene.parameters);
        ASSERT_EQ(checked.error().reason, Reason::duplicate_input);
        ASSERT_EQ(checked.error().input, repeated);
    }
    Transaction payment = scene.payment_of_inputs(30);
    EXPECT_TRUE(form_of(payment, scene.parameters));
    // Two pairs, in either order of their coins.
    for (const auto& [early, late] : {std::pair{1U, 28U}, std::pair{28U, 1U}}) {
        Transaction twice = payment;
        twice.inputs[10].previous = payment.inputs[early].previous;
        twice.inputs[11].previous = payment.inputs[late].previous;
        twice.inputs[28].previous = payment.inputs[29].previous;
        EXPECT_EQ(form_of(twice, scene.parameters).error().input, early == 1 ? 10U : 11U);
    }
}

TEST(TransactionFormat, TellsCoinsOfOneTransactionApart) {
    const Scene scene;
    Spend neighbour = scene.alices_coin;
    ++neighbour.outpoint.index;
    EXPECT_TRUE(form_of(scene.pay({scene.alices_coin, neighbour}, {{Amount{1}, scene.bob.owner}}),
                        scene.parameters));
}

}  // namespace
}  // namespace bezant::test
