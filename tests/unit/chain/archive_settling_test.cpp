// SPDX-License-Identifier: Apache-2.0
// An archive without a storage that forgets what is settled, beside the plain ledgers of a builder.
#include <gtest/gtest.h>

#include <algorithm>

#include "chain/archive.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/chain/shared_archive.hpp"

namespace bezant {
namespace {

using test::ChainBuilder;
using test::SharedArchive;

/// A block somewhere on the last blocks up to `tip`, but not below `floor`.
std::size_t near(const ChainBuilder& builder, std::size_t tip, std::size_t floor,
                 std::uint64_t back) {
    while (back-- > 0 && tip != floor) tip = builder[tip].parent;
    return tip;
}

/// The coins that are shown after the block are the builder's, and are all the money there is.
void expect_same_coins(const ChainBuilder& builder, SharedArchive& shared, std::size_t number) {
    const Archive& archive = shared.archive();
    const BlockIndex tip = shared.index(number);
    std::uint64_t sum = 0;
    archive.coins().for_each_unspent(tip, archive.blocks(), [&](CoinIndex coin, const Coin& shown) {
        const CoinLookup found = builder[number].coins.find(archive.coins().outpoint(coin));
        EXPECT_EQ(found.state, CoinState::unspent);
        EXPECT_EQ(found.coin, shown);
        EXPECT_EQ(archive.coins().find(archive.coins().outpoint(coin)), coin);
        sum += shown.output.amount.value;
    });
    EXPECT_EQ(sum, archive.sums(tip).supply.value);
}

TEST(ArchiveSettling, JudgesWhatIsBuiltAboveAsIfNothingWereForgotten) {
    std::uint64_t settled_payments = 0;
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(20); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        SharedArchive shared{builder};
        Random random{seed};
        std::size_t tip = 0;
        std::size_t settled = 0;
        for (int step = 0; step < 80; ++step) {
            const std::size_t grown = builder.grow(near(builder, tip, settled, random.below(4)));
            shared.add();
            ASSERT_EQ(shared.archive().block_fault(shared.index(grown)), nullptr);
            expect_same_coins(builder, shared, grown);
            if (builder[grown].work > builder[tip].work) tip = grown;
            if (!random.chance(1, 8)) continue;
            settled = near(builder, tip, settled, random.below(4));
            ASSERT_TRUE(shared.archive().all_judged());
            shared.archive().forget_settled(shared.index(settled), {});
            expect_same_coins(builder, shared, tip);
        }
        settled_payments += shared.archive().payments_settled();
    }
    EXPECT_GT(settled_payments, 100U);
}

TEST(ArchiveSettling, KeepsWhatIsHeldAndNeverGivesAnIndexAgain) {
    ChainBuilder builder{7};
    std::size_t tip = 0;
    for (int i = 0; i < 30; ++i) tip = builder.grow(tip);
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    ASSERT_EQ(archive.block_fault(shared.index(tip)), nullptr);
    const std::size_t count = archive.transactions().size();
    const BlockIndex held_block = shared.index(3);
    HeldFacts held;
    held.hold(held_block);
    archive.forget_settled(shared.index(tip), held);
    EXPECT_TRUE(archive.is_loaded(held_block));
    for (const TransactionIndex each : archive.body(held_block))
        EXPECT_TRUE(archive.transactions().is_known(each));
    EXPECT_FALSE(archive.is_loaded(shared.index(4)));
    EXPECT_EQ(archive.outline(shared.index(4)).transactions, builder[4].block.transactions.size());
    EXPECT_LT(archive.transactions().known_count(), count / 2);
    const std::size_t next = builder.grow(tip);
    shared.add();
    for (const TransactionIndex each : archive.body(shared.index(next)))
        EXPECT_GE(each.value, count);
}

TEST(ArchiveSettling, IsNotForWhoeverHasBlocksThatNobodyHasJudged) {
    ChainBuilder builder{7};
    const std::size_t first = builder.grow(0);
    SharedArchive shared{builder};
    EXPECT_FALSE(shared.archive().all_judged());
    ASSERT_EQ(shared.archive().block_fault(shared.index(first)), nullptr);
    EXPECT_TRUE(shared.archive().all_judged());
}

}  // namespace
}  // namespace bezant
