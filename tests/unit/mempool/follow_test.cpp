// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/pool_world.hpp"

namespace bezant {
namespace {

using test::Person;
using test::PoolWorld;
using testing::ElementsAre;
using testing::IsEmpty;

const Person bob{"bob"};
const Person carol{"carol"};

TEST(Follow, ConfirmedPaymentsLeaveAndTheirChildrenStay) {
    PoolWorld world;
    const auto parent = world.payment({world.coin(0)}, 1, bob);
    const auto child = world.payment({test::coin_of(parent, 0, bob)}, 1, carol);
    ASSERT_TRUE(world.offer(parent));
    ASSERT_TRUE(world.offer(child));
    const auto change = world.extend(genesis_index, {parent}, 1);
    EXPECT_THAT(change.confirmed, ElementsAre(world.archived(parent)));
    EXPECT_THAT(change.dropped, IsEmpty());
    EXPECT_THAT(world.pool.payments(), ElementsAre(world.archived(child)));
}

TEST(Follow, PaymentsInConflictWithABlockAreDroppedWithAllThatRestsOnThem) {
    PoolWorld world;
    const auto held = world.payment({world.coin(0)}, 1, bob);
    const auto child = world.payment({test::coin_of(held, 0, bob)}, 1, carol);
    const auto rival = world.payment({world.coin(0)}, 2, carol);
    ASSERT_TRUE(world.offer(held));
    ASSERT_TRUE(world.offer(child));
    const auto change = world.extend(genesis_index, {rival}, 2);
    ASSERT_EQ(change.dropped.size(), 2U);
    EXPECT_EQ(change.dropped[0].payment, world.archived(held));
    EXPECT_EQ(change.dropped[0].winner, world.archived(rival));
    EXPECT_EQ(change.dropped[1].payment, world.archived(child));
    EXPECT_EQ(change.dropped[1].winner, world.archived(rival));
    EXPECT_EQ(world.pool.size(), 0U);
}

TEST(Follow, PaymentsOfAnAbandonedBranchReturnInOrder) {
    PoolWorld world;
    const auto first = world.payment({world.coin(0)}, 1, bob);
    const auto second = world.payment({test::coin_of(first, 0, bob)}, 1, carol);
    const auto third = world.payment({test::coin_of(second, 0, carol)}, 1, bob);
    world.extend(genesis_index, {first}, 1);
    world.extend(world.last_block, {second}, 1);
    ASSERT_TRUE(world.offer(third));
    world.extend(genesis_index, {});
    world.extend(world.last_block, {});
    const auto change = world.extend(world.last_block, {});
    EXPECT_THAT(change.returned, ElementsAre(world.archived(first), world.archived(second)));
    EXPECT_THAT(change.dropped, IsEmpty());
    EXPECT_THAT(world.pool.payments(),
                ElementsAre(world.archived(first), world.archived(second), world.archived(third)));
}

TEST(Follow, PaymentsInBothBranchesStayConfirmed) {
    PoolWorld world;
    const auto payment = world.payment({world.coin(0)}, 1, bob);
    world.extend(genesis_index, {payment}, 1);
    world.extend(genesis_index, {payment}, 1);
    const auto change = world.extend(world.last_block, {});
    EXPECT_THAT(change.returned, IsEmpty());
    EXPECT_THAT(change.dropped, IsEmpty());
    EXPECT_EQ(world.pool.size(), 0U);
}

TEST(Follow, DoubleSpendInTheWinningBranchDropsTheAbandonedPaymentAndItsHeirs) {
    PoolWorld world;
    const auto paid = world.payment({world.coin(0)}, 1, bob);
    const auto heir = world.payment({test::coin_of(paid, 0, bob)}, 1, carol);
    const auto rival = world.payment({world.coin(0)}, 1, carol);
    world.extend(genesis_index, {paid}, 1);
    ASSERT_TRUE(world.offer(heir));
    world.extend(genesis_index, {rival}, 1);
    const auto change = world.extend(world.last_block, {});
    ASSERT_EQ(change.dropped.size(), 2U);
    EXPECT_EQ(change.dropped[0].payment, world.archived(paid));
    EXPECT_EQ(change.dropped[1].payment, world.archived(heir));
    for (const auto& dropped : change.dropped) EXPECT_EQ(dropped.winner, world.archived(rival));
    EXPECT_EQ(world.pool.size(), 0U);
}

TEST(Follow, OrphanIsAdoptedWhenABlockBringsItsCoins) {
    PoolWorld world;
    const auto parent = world.payment({world.coin(0)}, 1, bob);
    const auto child = world.payment({test::coin_of(parent, 0, bob)}, 1, carol);
    ASSERT_FALSE(world.offer(child));
    const auto change = world.extend(genesis_index, {parent}, 1);
    EXPECT_THAT(change.adopted, ElementsAre(world.archived(child)));
    EXPECT_TRUE(world.pool.contains(world.archived(child)));
}

TEST(Follow, PaymentOfACoinbaseThatIsGoneIsDropped) {
    PoolWorld world;
    world.extend(genesis_index, {});
    const auto mined = world.last_block;
    for (std::uint32_t i = 0; i < world.archive.parameters().coinbase_maturity; ++i) {
        world.extend(world.last_block, {});
    }
    const Transaction coinbase = world.archive.assemble(mined).transactions.front();
    const auto spend = world.payment({test::coin_of(coinbase, 0, world.miner)}, 1, bob);
    ASSERT_TRUE(world.offer(spend));
    world.miner = Person{"another miner"};
    world.extend(genesis_index, {});
    for (std::uint32_t i = 0; i <= world.archive.parameters().coinbase_maturity; ++i) {
        world.extend(world.last_block, {});
    }
    EXPECT_EQ(world.pool.size(), 0U);
}

}  // namespace
}  // namespace bezant
