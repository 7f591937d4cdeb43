// SPDX-License-Identifier: Apache-2.0
#include "rules/block_rules.hpp"

#include <gtest/gtest.h>

#include "tests/unit/rules/scene.hpp"

namespace bezant::test {
namespace {

/// The scene with these payments alone, sealed.
Scene scene_of(Scene scene, std::vector<Transaction> payments) {
    scene.only(std::move(payments));
    scene.seal_again();
    return scene;
}

std::optional<Reason> verdict(const Scene& scene) {
    const auto effect = scene.check();
    if (effect) return std::nullopt;
    return effect.error().reason;
}

TEST(BlockEffect, HasTheCoinsOfTheBlockInOrder) {
    Scene scene;
    const auto effect = scene.check();
    ASSERT_TRUE(effect) << to_text(effect.error());
    EXPECT_EQ(effect->fees, Scene::units("0.6"));
    EXPECT_EQ(effect->issued, bezants(10));
    EXPECT_EQ(effect->destroyed, Amount{});

    const Spend bobs_new_coin = coin_of(scene.payment(1), 0, scene.bob);
    const std::vector<SpentCoin> spent{
        {scene.alices_coin.outpoint, {scene.alices_coin.coin, Height{0}, false}},
        {bobs_new_coin.outpoint, {bobs_new_coin.coin, Scene::height, false}},
        {scene.mature_coinbase.outpoint, {scene.mature_coinbase.coin, Height{18}, true}},
        {scene.bobs_coin.outpoint, {scene.bobs_coin.coin, Height{0}, false}},
    };
    EXPECT_EQ(effect->spent, spent);

    std::vector<SpentCoin> created;
    for (const Transaction& transaction : scene.block.transactions) {
        for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i)
            created.push_back({{transaction_id(transaction), i},
                               {transaction.outputs[i], Scene::height, created.empty()}});
    }
    EXPECT_EQ(effect->created, created);
}

TEST(BlockEffect, OfACoinbaseAloneIsTheSubsidy) {
    const auto effect = scene_of({}, {}).check();
    ASSERT_TRUE(effect);
    EXPECT_EQ(effect->issued, bezants(10));
    EXPECT_EQ(effect->created.size(), 1U);
    EXPECT_TRUE(effect->created.front().coin.coinbase);
    EXPECT_TRUE(effect->spent.empty());
}

TEST(Coinbase, MayClaimLessAndTheRestIsGone) {
    Scene scene;
    scene.coinbase().outputs.front().amount = Scene::units("0.25");
    scene.seal_again();
    const auto effect = scene.check();
    ASSERT_TRUE(effect);
    EXPECT_EQ(effect->issued, Amount{});
    EXPECT_EQ(effect->destroyed, Scene::units("0.35"));
}

TEST(Coinbase, MayHaveNoOutputsAndClaimNothing) {
    Scene scene;
    scene.coinbase().outputs.clear();
    scene.seal_again();
    const auto effect = scene.check();
    ASSERT_TRUE(effect) << to_text(effect.error());
    EXPECT_EQ(effect->issued, Amount{});
    EXPECT_EQ(effect->destroyed, effect->fees);
}

TEST(Coinbase, FollowsTheFormatRulesOfEveryTransaction) {
    Scene scene;
    const auto owner = scene.miner.owner;
    scene.coinbase().outputs = {{bezants(1), owner}, {Amount{}, owner}};
    scene.seal_again();
    const Rejection rejection = scene.check().error();
    EXPECT_EQ(rejection.reason, Reason::zero_output);
    EXPECT_EQ(rejection.transaction, 0U);
    EXPECT_EQ(rejection.input, 1U);

    scene.coinbase().outputs = {{Amount{UINT64_MAX}, owner}, {Amount{2}, owner}};
    scene.seal_again();
    EXPECT_EQ(verdict(scene), Reason::amount_overflow);

    scene.coinbase().outputs.clear();
    scene.coinbase().version = 3;
    scene.seal_again();
    EXPECT_EQ(verdict(scene), Reason::unknown_transaction_version);

    scene.coinbase().version = 1;
    scene.parameters.transaction_bytes_max =
        static_cast<std::uint32_t>(encoded_size(scene.coinbase()) - 1);
    scene.seal_again();
    EXPECT_EQ(scene.check().error().reason, Reason::oversized_transaction);
    EXPECT_EQ(scene.check().error().transaction, 0U);
}

TEST(Coinbase, HasOneInput) {
    Scene scene;
    scene.coinbase().inputs.push_back(scene.payment(1).inputs.front());
    scene.commit_and_mine();
    EXPECT_EQ(verdict(scene), Reason::missing_coinbase);
}

TEST(Coinbase, MustBeThere) {
    Scene scene;
    scene.block.transactions.clear();
    scene.commit_and_mine();
    EXPECT_EQ(verdict(scene), Reason::missing_coinbase);
    EXPECT_EQ(scene.check().error().transaction, std::nullopt);
}

TEST(Coinbase, ClaimsTheSubsidyOfItsHeightAndNotAUnitMore) {
    for (const std::uint32_t interval : {19U, 20U, 21U}) {
        Scene scene;
        scene.parameters.halving_interval = interval;
        // Heights 1 … interval have the whole subsidy; the block's height is 21.
        const Amount subsidy = interval >= 21 ? bezants(10) : bezants(5);
        scene = scene_of(scene, {});
        scene.coinbase().outputs.front().amount = subsidy;
        scene.seal_again();
        EXPECT_EQ(verdict(scene), std::nullopt) << interval;
        ++scene.coinbase().outputs.front().amount.value;
        scene.seal_again();
        EXPECT_EQ(verdict(scene), Reason::coinbase_overclaims) << interval;
    }
}

TEST(Coinbase, MaySplitItsClaimAndEveryOutputCounts) {
    Scene scene;
    const auto owner = scene.miner.owner;
    scene.coinbase().outputs = {{bezants(10), owner}, {Scene::units("0.6"), owner}};
    scene.seal_again();
    EXPECT_EQ(verdict(scene), std::nullopt);
    scene.coinbase().outputs.push_back({Amount{1}, owner});
    scene.seal_again();
    EXPECT_EQ(verdict(scene), Reason::coinbase_overclaims);
}

TEST(Maturity, EndsAtItsDepth) {
    for (const std::uint32_t depth : {2U, 3U, 4U}) {
        Scene scene;
        scene.parameters.coinbase_maturity = depth;
        // Created at height 18, spent at 21.
        const auto reason = verdict(scene_of(
            scene, {scene.pay({scene.mature_coinbase}, {{bezants(10), scene.bob.owner}})}));
        EXPECT_EQ(reason, depth <= 3 ? std::nullopt : std::optional{Reason::immature_coinbase});
    }
}

TEST(Maturity, DoesNotOverflow) {
    Scene scene;
    scene.parameters.coinbase_maturity = UINT32_MAX;
    EXPECT_EQ(verdict(scene_of(
                  scene, {scene.pay({scene.mature_coinbase}, {{bezants(10), scene.bob.owner}})})),
              Reason::immature_coinbase);
}

TEST(Maturity, IsNotForCoinsOfPaymentsOrGenesis) {
    Scene scene;
    scene.parameters.coinbase_maturity = UINT32_MAX;
    EXPECT_EQ(verdict(scene_of(
                  scene, {scene.pay({scene.alices_coin}, {{bezants(100), scene.bob.owner}})})),
              std::nullopt);
}

// Its claim is not known to be right before the block's end.
TEST(Maturity, OfItsOwnBlockIsNeverReached) {
    for (const std::uint32_t depth : {0U, 3U}) {
        Scene scene = scene_of({}, {});
        scene.parameters.coinbase_maturity = depth;
        const Spend own = coin_of(scene.coinbase(), 0, scene.miner);
        scene.block.transactions.push_back(scene.pay({own}, {{bezants(10), scene.bob.owner}}));
        scene.seal_again();
        EXPECT_EQ(verdict(scene), Reason::immature_coinbase) << depth;
    }
}

TEST(WithinABlock, ACoinCanBeSpentOnceItIsCreated) {
    const Scene scene;
    const auto first = scene.pay({scene.alices_coin}, {{bezants(100), scene.bob.owner}});
    const auto second =
        scene.pay({coin_of(first, 0, scene.bob)}, {{bezants(100), scene.carol.owner}});
    EXPECT_EQ(verdict(scene_of(scene, {first, second})), std::nullopt);
    EXPECT_EQ(verdict(scene_of(scene, {second, first})), Reason::unknown_coin);
}

TEST(WithinABlock, ACoinCanBeSpentOnce) {
    const Scene scene;
    const auto to_bob = scene.pay({scene.alices_coin}, {{bezants(100), scene.bob.owner}});
    const auto to_carol = scene.pay({scene.alices_coin}, {{bezants(100), scene.carol.owner}});
    EXPECT_EQ(verdict(scene_of(scene, {to_bob, to_carol})), Reason::coin_already_spent);
    EXPECT_EQ(verdict(scene_of(scene, {to_bob, to_bob})), Reason::coin_already_spent);

    const Spend bobs = coin_of(to_bob, 0, scene.bob);
    const auto on = scene.pay({bobs}, {{bezants(100), scene.carol.owner}});
    const auto back = scene.pay({bobs}, {{bezants(100), scene.bob.owner}});
    EXPECT_EQ(verdict(scene_of(scene, {to_bob, on, back})), Reason::coin_already_spent);
}

TEST(WithinABlock, ACoinOfThisBlockHasItsOwner) {
    const Scene scene;
    const auto first = scene.pay({scene.alices_coin}, {{bezants(100), scene.bob.owner}});
    const auto theft =
        scene.pay({coin_of(first, 0, scene.carol)}, {{bezants(100), scene.carol.owner}});
    EXPECT_EQ(verdict(scene_of(scene, {first, theft})), Reason::wrong_owner);
}

TEST(WithinABlock, PaymentsMayBeLockedUpToItsHeight) {
    const Scene scene;
    const auto at = [&](std::uint32_t lock) {
        return scene_of(scene, {scene.pay({scene.alices_coin}, {{bezants(100), scene.bob.owner}},
                                          Height{lock})});
    };
    EXPECT_EQ(verdict(at(21)), std::nullopt);
    EXPECT_EQ(verdict(at(22)), Reason::locked);
}

TEST(WithinABlock, SizesMayReachTheirLimits) {
    Scene scene;
    scene.parameters.block_bytes_max = static_cast<std::uint32_t>(encoded_size(scene.block));
    scene.parameters.transaction_bytes_max =
        static_cast<std::uint32_t>(encoded_size(scene.payment(3)));
    EXPECT_EQ(verdict(scene), std::nullopt);
}

/// Checks the parts that a participant checks one after another as they come in.
std::optional<Reason> verdict_in_parts(const Scene& scene) {
    DirectVerifier signatures;
    auto contents = check_block_contents(scene.block, Scene::height, scene.parameters, signatures);
    if (!contents) return contents.error().reason;
    auto effect =
        check_block_on_coins(scene.block, Scene::height, scene.coins, scene.parameters, signatures);
    if (!effect) return effect.error().reason;
    return std::nullopt;
}

TEST(BlockInParts, GetsTheSameVerdict) {
    Scene scene;
    EXPECT_EQ(verdict_in_parts(scene), std::nullopt);
    scene.payment(2).inputs.front().signature.bytes[7] ^= 2;
    EXPECT_EQ(verdict_in_parts(scene), Reason::merkle_root_mismatch);
    scene.seal_again();
    EXPECT_EQ(verdict_in_parts(scene), Reason::bad_signature);
    scene.parameters.block_bytes_max = 100;
    EXPECT_EQ(verdict_in_parts(scene), Reason::oversized_block);
}

TEST(BlockInPartsDeathTest, ChecksContentsBeforeCoins) {
    Scene scene;
    scene.block.transactions.clear();
    DirectVerifier signatures;
    EXPECT_DEATH((void)check_block_on_coins(scene.block, Scene::height, scene.coins,
                                            scene.parameters, signatures),
                 "contents are checked before");
}

}  // namespace
}  // namespace bezant::test
