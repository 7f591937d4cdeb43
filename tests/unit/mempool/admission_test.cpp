// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "ledger/codec.hpp"
#include "tests/support/pool_world.hpp"

namespace bezant {
namespace {

using test::Person;
using test::PoolWorld;
using testing::ElementsAre;
using testing::IsEmpty;

template <class Kind, class Outcome>
bool refused_as(const Outcome& outcome) {
    return !outcome && std::holds_alternative<Kind>(outcome.error());
}

template <class Outcome>
std::string_view refusal_name(const Outcome& outcome) {
    return outcome ? "admitted" : to_text(outcome.error());
}

const Person bob{"bob"};
const Person carol{"carol"};

TEST(Admission, ValidPaymentIsHeldWithItsFee) {
    PoolWorld world;
    const auto payment = world.payment({world.coin(0)}, 500, bob);
    const auto admission = world.offer(payment);
    ASSERT_TRUE(admission);
    EXPECT_EQ(admission->fee, Amount{500});
    const auto index = world.archived(payment);
    EXPECT_TRUE(world.pool.contains(index));
    EXPECT_EQ(world.pool.fee(index), Amount{500});
    EXPECT_EQ(world.pool.bytes(), encoded_size(payment));
    EXPECT_THAT(world.pool.payments(), ElementsAre(index));
}

TEST(Admission, SamePaymentTwiceIsAlreadyHeld) {
    PoolWorld world;
    const auto payment = world.payment({world.coin(0)}, 1, bob);
    ASSERT_TRUE(world.offer(payment));
    EXPECT_TRUE(refused_as<AlreadyHeld>(world.offer(payment)));
}

TEST(Admission, ConfirmedPaymentIsNotTakenAgain) {
    PoolWorld world;
    const auto payment = world.payment({world.coin(0)}, 1, bob);
    world.extend(genesis_index, {payment}, 1);
    EXPECT_TRUE(refused_as<AlreadyConfirmed>(world.offer(payment)));
}

TEST(Admission, SecondSpendOfACoinIsAConflictThatNamesTheFirst) {
    PoolWorld world;
    const auto first = world.payment({world.coin(0)}, 1, bob);
    ASSERT_TRUE(world.offer(first));
    const auto second = world.offer(world.payment({world.coin(1), world.coin(0)}, 100'000, carol));
    ASSERT_TRUE(refused_as<Conflict>(second));
    EXPECT_EQ(std::get<Conflict>(second.error()).held, world.archived(first));
    EXPECT_EQ(world.pool.size(), 1U);
}

TEST(Admission, ForgedSecondSpendAccusesNobody) {
    PoolWorld world;
    ASSERT_TRUE(world.offer(world.payment({world.coin(0)}, 1, bob)));
    auto forged = world.payment({world.coin(0)}, 2, carol);
    forged.inputs[0].signature.bytes[0] ^= 1;
    EXPECT_EQ(refusal_name(world.offer(forged)), "bad_signature");
}

TEST(Admission, SpentCoinNamesItsRule) {
    PoolWorld world;
    world.extend(genesis_index, {world.payment({world.coin(0)}, 1, bob)}, 1);
    EXPECT_EQ(refusal_name(world.offer(world.payment({world.coin(0)}, 2, carol))),
              "coin_already_spent");
}

TEST(Admission, CoinbaseIsNoPayment) {
    PoolWorld world;
    const auto coinbase = test::make_coinbase(Height{1}, world.miner, {{bezants(1), bob.owner}});
    EXPECT_EQ(refusal_name(world.offer(coinbase)), "unexpected_coinbase");
}

TEST(Admission, ChildOfAHeldPaymentIsTaken) {
    PoolWorld world;
    const auto parent = world.payment({world.coin(0)}, 1, bob);
    ASSERT_TRUE(world.offer(parent));
    const auto child = world.payment({test::coin_of(parent, 0, bob)}, 1, carol);
    ASSERT_TRUE(world.offer(child));
    EXPECT_EQ(world.pool
                  .coin(world.archive.transactions()[world.archived(parent)].creates[0],
                        world.chain.tip())
                  .state,
              CoinState::spent);
    EXPECT_EQ(
        world.pool
            .coin(world.archive.transactions()[world.archived(child)].creates[0], world.chain.tip())
            .state,
        CoinState::unspent);
}

TEST(Admission, OrphanWaitsForItsParentAndComesInWithIt) {
    PoolWorld world;
    const auto parent = world.payment({world.coin(0)}, 1, bob);
    const auto child = world.payment({test::coin_of(parent, 0, bob)}, 1, carol);
    const auto grandchild = world.payment({test::coin_of(child, 0, carol)}, 1, bob);
    EXPECT_TRUE(refused_as<MissingParents>(world.offer(grandchild)));
    EXPECT_TRUE(refused_as<MissingParents>(world.offer(child)));
    const auto admission = world.offer(parent);
    ASSERT_TRUE(admission);
    EXPECT_THAT(admission->adopted_orphans,
                ElementsAre(world.archived(child), world.archived(grandchild)));
    EXPECT_EQ(world.pool.size(), 3U);
}

TEST(Admission, OldestOrphanMakesWay) {
    PoolWorld world{{.orphans_max = 1}};
    const auto first_parent = world.payment({world.coin(0)}, 1, bob);
    const auto second_parent = world.payment({world.coin(1)}, 1, bob);
    world.offer(world.payment({test::coin_of(first_parent, 0, bob)}, 1, carol));
    world.offer(world.payment({test::coin_of(second_parent, 0, bob)}, 1, carol));
    EXPECT_THAT(world.offer(first_parent)->adopted_orphans, IsEmpty());
    EXPECT_EQ(world.offer(second_parent)->adopted_orphans.size(), 1U);
}

TEST(Admission, OrphanThatTurnsOutInvalidIsNotTaken) {
    PoolWorld world;
    const auto parent = world.payment({world.coin(0)}, 1, bob);
    auto child = world.payment({test::coin_of(parent, 0, bob)}, 1, carol);
    child.inputs[0].signature.bytes[0] ^= 1;
    EXPECT_TRUE(refused_as<MissingParents>(world.offer(child)));
    EXPECT_THAT(world.offer(parent)->adopted_orphans, IsEmpty());
    EXPECT_EQ(world.pool.size(), 1U);
}

TEST(Admission, FeeFloorIsPerKilobyteRoundedUp) {
    PoolWorld world{{.fee_per_kilobyte_min = Amount{1'000}}};
    const auto size = encoded_size(world.payment({world.coin(0)}, 1, bob));
    const auto low = world.offer(world.payment({world.coin(0)}, size - 1, bob));
    ASSERT_TRUE(refused_as<FeeTooLow>(low));
    EXPECT_EQ(std::get<FeeTooLow>(low.error()).required, Amount{size});
    EXPECT_TRUE(world.offer(world.payment({world.coin(0)}, size, bob)));
}

TEST(Admission, AnAbsurdFeeFloorAsksForAllThatCanBeAskedFor) {
    for (const std::uint64_t floor : {UINT64_MAX, UINT64_MAX / 100, UINT64_MAX / 182 + 1}) {
        PoolWorld world{{.fee_per_kilobyte_min = Amount{floor}}};
        const auto payment = world.payment({world.coin(0)}, 1'000'000, bob);
        const auto size = encoded_size(payment);
        const auto refused = world.offer(payment);
        ASSERT_TRUE(refused_as<FeeTooLow>(refused));
        const std::uint64_t required = std::get<FeeTooLow>(refused.error()).required.value;
        EXPECT_GE(required, floor / 1'000 > UINT64_MAX / size ? UINT64_MAX : floor / 1'000 * size);
    }
}

TEST(Admission, ChainsOfWaitingPaymentsAreBounded) {
    PoolWorld world{{.ancestors_max = 3}};
    auto last = world.payment({world.coin(0)}, 1, bob);
    ASSERT_TRUE(world.offer(last));
    for (int link = 0; link < 2; ++link) {
        last = world.payment({test::coin_of(last, 0, bob)}, 1, bob);
        ASSERT_TRUE(world.offer(last));
    }
    EXPECT_TRUE(refused_as<TooLongChain>(
        world.offer(world.payment({test::coin_of(last, 0, bob)}, 1, bob))));
}

TEST(Admission, DescendantsOfAWaitingPaymentAreBounded) {
    PoolWorld world{{.descendants_max = 3}};
    const auto parent = world.payment({world.coin(0)}, 1, bob, 3);
    ASSERT_TRUE(world.offer(parent));
    ASSERT_TRUE(world.offer(world.payment({test::coin_of(parent, 0, bob)}, 1, bob)));
    ASSERT_TRUE(world.offer(world.payment({test::coin_of(parent, 1, bob)}, 1, bob)));
    EXPECT_TRUE(refused_as<TooLongChain>(
        world.offer(world.payment({test::coin_of(parent, 2, bob)}, 1, bob))));
}

TEST(Admission, FullPoolKeepsThoseWhoPayMore) {
    PoolWorld world{{.bytes_max = 2'000}};
    std::vector<TransactionIndex> evicted;
    for (std::uint32_t i = 0; i < 30; ++i) {
        const auto admission = world.offer(world.payment({world.coin(i)}, 1'000 + i * 10, bob));
        ASSERT_LE(world.pool.bytes(), 2'000U);
        if (admission)
            evicted.insert(evicted.end(), admission->evicted.begin(), admission->evicted.end());
    }
    EXPECT_FALSE(evicted.empty());
    EXPECT_TRUE(world.pool.contains(world.archived(world.payment({world.coin(29)}, 1'290, bob))));
    EXPECT_TRUE(refused_as<PoolFull>(world.offer(world.payment({world.coin(30)}, 1'000, bob))));
}

TEST(Admission, FullPoolTellsOfAllThatItPushesOut) {
    PoolWorld world{{.bytes_max = 2'000}};
    Random random{4};
    std::set<TransactionIndex> held;
    std::size_t went_with_newcomer = 0;
    for (std::uint32_t i = 0; i < 200; ++i) {
        const auto index = world.archived(
            world.payment({world.coin(i)}, 1'000 + 50 * i + random.below(2'000), bob));
        const auto admission = world.pool.add(index, world.chain.tip());
        std::vector<TransactionIndex> gone;
        if (admission) {
            held.insert(index);
            gone = admission->evicted;
        } else {
            gone = std::get<PoolFull>(admission.error()).evicted;
            went_with_newcomer += gone.size();
        }
        for (const TransactionIndex payment : gone) held.erase(payment);
        const auto payments = world.pool.payments();
        ASSERT_EQ(held, (std::set<TransactionIndex>{payments.begin(), payments.end()})) << i;
    }
    EXPECT_GT(went_with_newcomer, 0U);
}

TEST(Admission, FeeFloorIsWhatAFullPoolAsksForUntilThereIsRoom) {
    PoolWorld world{{.bytes_max = 2'000, .fee_per_kilobyte_min = Amount{500}}};
    EXPECT_EQ(world.pool.fee_floor(), Amount{500});
    std::vector<Transaction> payments;
    for (std::uint32_t i = 0; i < 11; ++i) {
        payments.push_back(world.payment({world.coin(i)}, 1'820 + i * 182, bob));
        ASSERT_EQ(encoded_size(payments.back()), 182U);
        (void)world.offer(payments.back());
    }
    const Amount floor = world.pool.fee_floor();
    ASSERT_GT(floor, Amount{10'000});
    EXPECT_EQ(floor.value % 1'000, 0U) << "what was pushed out paid whole units a byte";
    const std::uint64_t fee = floor.value * 182 / 1'000;
    EXPECT_TRUE(refused_as<PoolFull>(world.offer(world.payment({world.coin(20)}, fee, bob))));
    EXPECT_TRUE(world.offer(world.payment({world.coin(21)}, fee + 1, bob)));
    world.extend(genesis_index, {payments.begin() + 4, payments.end()}, 7 * 1'820);
    EXPECT_EQ(world.pool.fee_floor(), Amount{500}) << "a block has made room";
    EXPECT_TRUE(world.offer(world.payment({world.coin(22)}, 100, bob)));
}

TEST(FeeRate, AKilobyteCostsAtMostWhatCanBeWritten) {
    EXPECT_EQ((FeeRate{.fee = 999, .bytes = 1'000}.per_kilobyte()), Amount{999});
    EXPECT_EQ((FeeRate{.fee = 2, .bytes = 3}.per_kilobyte()), Amount{666});
    EXPECT_EQ((FeeRate{.fee = UINT64_MAX, .bytes = 10}.per_kilobyte()), Amount{UINT64_MAX});
}

TEST(Admission, ChildThatPaysWellKeepsItsParentFromEviction) {
    PoolWorld world{{.bytes_max = 2'000}};
    const auto parent = world.payment({world.coin(0)}, 1, bob);
    const auto child = world.payment({test::coin_of(parent, 0, bob)}, 900'000, carol);
    ASSERT_TRUE(world.offer(parent));
    ASSERT_TRUE(world.offer(child));
    for (std::uint32_t i = 1; i < 30; ++i) {
        (void)world.offer(world.payment({world.coin(i)}, 1'000 + i, bob));
    }
    EXPECT_TRUE(world.pool.contains(world.archived(parent)));
    EXPECT_TRUE(world.pool.contains(world.archived(child)));
}

TEST(Admission, ConsideringIsNotTaking) {
    PoolWorld world;
    const Transaction parent = world.payment({world.coin(0)}, 1'000, bob);
    const Transaction child = world.payment({coin_of(parent, 0, bob)}, 1'000, bob);
    const auto considered = [&](const Transaction& payment) {
        return world.pool.consider(world.archived(payment), world.chain.tip());
    };
    EXPECT_EQ(considered(parent), Amount{1'000});
    EXPECT_TRUE(std::holds_alternative<MissingParents>(considered(child).error()));
    EXPECT_EQ(world.pool.size(), 0U);
    EXPECT_EQ(world.pool.find(transaction_id(parent)), std::nullopt);
    ASSERT_TRUE(world.offer(parent));
    EXPECT_EQ(world.pool.size(), 1U) << "the child was not kept as an orphan";
    EXPECT_EQ(world.pool.find(transaction_id(parent)), world.archived(parent));
    EXPECT_TRUE(std::holds_alternative<AlreadyHeld>(considered(parent).error()));
    EXPECT_EQ(considered(child), Amount{1'000});
}

TEST(Admission, EveryRefusalHasAName) {
    EXPECT_EQ(to_text(Refusal{AlreadyHeld{}}), "already_held");
    EXPECT_EQ(to_text(Refusal{AlreadyConfirmed{}}), "already_confirmed");
    EXPECT_EQ(to_text(Refusal{Conflict{}}), "conflict");
    EXPECT_EQ(to_text(Refusal{MissingParents{}}), "missing_parents");
    EXPECT_EQ(to_text(Refusal{FeeTooLow{}}), "fee_too_low");
    EXPECT_EQ(to_text(Refusal{TooLongChain{}}), "too_long_chain");
    EXPECT_EQ(to_text(Refusal{PoolFull{{}}}), "pool_full");
    EXPECT_EQ(to_text(Refusal{Invalid{{Reason::locked, {}, {}, {}, {}}}}), "locked");
}

}  // namespace
}  // namespace bezant
