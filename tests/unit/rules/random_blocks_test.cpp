// SPDX-License-Identifier: Apache-2.0
// Random blocks: the rules against their slow and obvious twin, and what must hold of all that are
// valid.
#include "tests/unit/rules/random_blocks.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/seeds.hpp"
#include "tests/unit/rules/naive_rules.hpp"

namespace bezant::test {
namespace {

Result<BlockEffect, Rejection> verdict(const Block& block, const RandomBlocks& economy) {
    DirectVerifier signatures;
    return check_block(block, economy.parent(), economy.coins(), economy.parameters(), signatures);
}

bool same_coins(const std::map<OutPoint, CoinLookup>& left,
                const std::map<OutPoint, CoinLookup>& right) {
    return std::ranges::equal(left, right, [](const auto& one, const auto& other) {
        return one.first == other.first && one.second.state == other.second.state &&
               one.second.coin == other.second.coin;
    });
}

TEST(RandomBlocks, GetTheVerdictOfTheNaiveRules) {
    std::map<Reason, int> refused;
    int accepted = 0;
    for (std::uint64_t seed = 0; seed < seeds_to_try(100); ++seed) {
        RandomBlocks economy{seed, 3};
        for (int round = 0; round < 8; ++round) {
            const Block block = economy.block();
            const auto effect = verdict(block, economy);
            NaiveRules naive{economy.coins().all()};
            const auto broken =
                naive.check(block, next(economy.parent().height), economy.parameters());
            ASSERT_EQ(effect.has_value(), !broken.has_value()) << "seed " << seed;
            if (broken) {
                ASSERT_EQ(effect.error().reason, broken->first) << "seed " << seed;
                ASSERT_EQ(effect.error().transaction, broken->second) << "seed " << seed;
                ++refused[broken->first];
                continue;
            }
            ++accepted;
            economy.connect(block, *effect);
            ASSERT_TRUE(same_coins(economy.coins().all(), naive.coins)) << "seed " << seed;
        }
    }
    EXPECT_GT(accepted, 0);
    if (seeds_to_try(100) < 100) return;
    EXPECT_GT(accepted, 200);
    for (const Reason reason :
         {Reason::locked, Reason::unknown_coin, Reason::coin_already_spent,
          Reason::immature_coinbase, Reason::wrong_owner, Reason::bad_signature,
          Reason::outputs_exceed_inputs, Reason::coinbase_overclaims})
        EXPECT_GT(refused[reason], 0) << to_text(reason);
}

std::uint64_t sum_of(const std::vector<SpentCoin>& coins) {
    std::uint64_t sum = 0;
    for (const SpentCoin& coin : coins) sum += coin.coin.output.amount.value;
    return sum;
}

TEST(RandomBlocks, WithoutASlipAreValidAndConserveMoney) {
    for (std::uint64_t seed = 0; seed < seeds_to_try(50); ++seed) {
        RandomBlocks economy{seed, 0};
        for (int round = 0; round < 8; ++round) {
            const Block block = economy.block();
            const auto effect = verdict(block, economy);
            ASSERT_TRUE(effect) << "seed " << seed << ": " << to_text(effect.error());

            std::uint64_t claimed = 0;
            for (const Output& output : block.transactions[0].outputs)
                claimed += output.amount.value;
            // Payments: inputs = outputs + fees.
            EXPECT_EQ(sum_of(effect->spent),
                      sum_of(effect->created) - claimed + effect->fees.value);
            EXPECT_LE(effect->issued,
                      subsidy_at(next(economy.parent().height), economy.parameters()));
            EXPECT_TRUE(effect->issued == Amount{} || effect->destroyed == Amount{});
            EXPECT_EQ(claimed + effect->destroyed.value, effect->fees.value + effect->issued.value);

            const std::uint64_t before = economy.coins().unspent_sum().value;
            economy.connect(block, *effect);
            EXPECT_EQ(economy.coins().unspent_sum().value,
                      before + effect->issued.value - effect->destroyed.value);
        }
    }
}

}  // namespace
}  // namespace bezant::test
