// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "ledger/codec.hpp"
#include "tests/support/pool_world.hpp"

namespace bezant {
namespace {

using test::Person;
using test::PoolWorld;
using testing::ElementsAre;

const Person bob{"bob"};

TEST(Selection, BestFeeRateComesFirst) {
    PoolWorld world;
    const auto low = world.payment({world.coin(0)}, 10, bob);
    const auto high = world.payment({world.coin(1)}, 1'000, bob);
    const auto middle = world.payment({world.coin(2)}, 100, bob);
    for (const auto& payment : {low, high, middle}) ASSERT_TRUE(world.offer(payment));
    const auto selection = world.pool.select(1'000'000);
    EXPECT_THAT(selection.payments,
                ElementsAre(world.archived(high), world.archived(middle), world.archived(low)));
    EXPECT_EQ(selection.fees, Amount{1'110});
}

TEST(Selection, ChildPaysForItsParent) {
    PoolWorld world;
    const auto parent = world.payment({world.coin(0)}, 1, bob);
    const auto child = world.payment({test::coin_of(parent, 0, bob)}, 10'000, bob);
    const auto other = world.payment({world.coin(1)}, 1'000, bob);
    for (const auto& payment : {parent, other, child}) ASSERT_TRUE(world.offer(payment));
    const auto room_for_two = 2 * encoded_size(parent) + 1;
    EXPECT_THAT(world.pool.select(room_for_two).payments,
                ElementsAre(world.archived(parent), world.archived(child)));
}

/// Any pool, any room: the block fits, is valid, and no smaller offer that fits was forgotten.
TEST(Selection, TemplatesOfRandomPoolsAreValidBlocks) {
    const Person carol{"carol"};
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        Random random{seed};
        PoolWorld world{{}, 40};
        std::vector<test::Spend> coins;
        for (std::uint32_t i = 0; i < 40; ++i) coins.push_back(world.coin(i));
        for (int step = 0; step < 60 && !coins.empty(); ++step) {
            const auto at = random.below(coins.size());
            const auto spend = coins[at];
            coins.erase(coins.begin() + static_cast<std::ptrdiff_t>(at));
            const auto payment = world.payment({spend}, 1 + random.below(10'000), carol, 2);
            if (!world.offer(payment)) continue;
            coins.push_back(test::coin_of(payment, 0, carol));
        }
        const std::size_t room = 100 + random.below(12'000);
        const auto selection = world.pool.select(room);
        std::size_t bytes = 0;
        std::vector<Transaction> payments;
        for (const auto index : selection.payments) {
            bytes += world.archive.transactions()[index].bytes;
            payments.push_back(world.archive.transactions()[index].transaction);
        }
        ASSERT_LE(bytes, room) << "seed " << seed;
        const auto before = world.pool.size();
        const auto change = world.extend(genesis_index, payments, selection.fees.value);
        ASSERT_EQ(change.confirmed.size(), selection.payments.size()) << "seed " << seed;
        ASSERT_EQ(world.pool.size(), before - change.confirmed.size()) << "seed " << seed;
    }
}

TEST(BlockTemplate, IsValidOnceItsNonceIsFound) {
    PoolWorld world;
    ASSERT_TRUE(world.offer(world.payment({world.coin(0)}, 700, bob)));
    const Time now = from_unix_seconds(world.archive.parameters().genesis.header.time + 50);
    Block block = make_block_template(world.archive, world.pool, genesis_index, world.miner.key,
                                      world.miner.owner, now);
    test::mine(block.header);
    EXPECT_EQ(block.header.time, unix_seconds(now));
    const auto index = world.archive.add_block(block);
    ASSERT_TRUE(index);
    EXPECT_EQ(world.archive.block_fault(*index), nullptr);
    EXPECT_EQ(world.archive.sums(*index).fees, Amount{700});
    EXPECT_EQ(world.archive.sums(*index).issued, world.archive.parameters().initial_subsidy);
}

TEST(BlockTemplate, TimeIsAboveTheMedianWhenTheClockIsNot) {
    PoolWorld world;
    Block block = make_block_template(world.archive, world.pool, genesis_index, world.miner.key,
                                      world.miner.owner, from_unix_seconds(0));
    EXPECT_EQ(block.header.time, world.archive.parameters().genesis.header.time + 1);
}

}  // namespace
}  // namespace bezant
