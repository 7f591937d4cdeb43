// SPDX-License-Identifier: Apache-2.0
#include "sim/checkers/participant_checks.hpp"

#include <gtest/gtest.h>

#include "tests/unit/sim/test_ledger.hpp"

namespace bezant::sim {
namespace {

using test::TestLedger;

std::string name_of(const CheckResult& result) { return result ? result->check : "nothing"; }

TipChange change_of(BlockIndex from, BlockIndex to, std::vector<BlockIndex> disconnected,
                    std::vector<BlockIndex> connected) {
    return {.from = from,
            .to = to,
            .disconnected = std::move(disconnected),
            .connected = std::move(connected),
            .refused = {}};
}

TEST(TipChangeCheck, WantsAWayToMoreWork) {
    TestLedger ledger;
    const BlockIndex left = ledger.add_good_block(genesis_index);
    const BlockIndex right = ledger.add_good_block(genesis_index);
    const BlockIndex top = ledger.add_good_block(right);
    const BlockTree& blocks = ledger.archive.blocks();
    const auto check = [&](const TipChange& change) {
        return name_of(check_tip_change(change, blocks));
    };
    EXPECT_EQ(check(change_of(left, top, {left}, {right, top})), "nothing");
    EXPECT_EQ(check(change_of(left, right, {left}, {right})), "tip_moves_to_more_work");
    EXPECT_EQ(check(change_of(top, left, {top, right}, {left})), "tip_moves_to_more_work");
    EXPECT_EQ(check(change_of(left, top, {left}, {top})), "tip_moves_to_more_work");
    EXPECT_EQ(check(change_of(left, top, {}, {right, top})), "tip_moves_to_more_work");
    EXPECT_EQ(check(change_of(genesis_index, top, {}, {right})), "tip_moves_to_more_work");
}

/// A chain and a pool that stand on its genesis block.
struct ChainAndPool {
    explicit ChainAndPool(Archive& archive) : chain(archive), pool(archive, {}) {}

    /// The chain moves; the pool is told, or not.
    void move_to(BlockIndex block, bool pool_follows) {
        EXPECT_TRUE(chain.accept_header(block, Time{INT64_MAX / 2}));
        const auto change = chain.accept_body(block);
        ASSERT_TRUE(change);
        if (pool_follows) static_cast<void>(pool.follow(*change));
    }

    LocalChain chain;
    Mempool pool;
};

TEST(PoolCheck, WantsThePoolToFollowTheChain) {
    TestLedger ledger;
    const TransactionIndex held = ledger.archive.add_transaction(ledger.payment(1, 2));
    const BlockIndex block = ledger.add_good_block(genesis_index, {ledger.payment(1, 0)});
    ChainAndPool both{ledger.archive};
    ASSERT_TRUE(both.pool.add(held, genesis_index));
    EXPECT_EQ(name_of(check_pool(both.pool, both.chain, ledger.archive)), "nothing");
    both.move_to(block, false);
    EXPECT_EQ(name_of(check_pool(both.pool, both.chain, ledger.archive)), "pool_is_consistent");
    EXPECT_EQ(name_of(check_held_payment(held, both.pool, both.chain, ledger.archive)),
              "pool_is_consistent");
}

TEST(PoolCheck, WantsAHeldPaymentToBeTheOneThatSpendsItsCoin) {
    TestLedger ledger;
    const TransactionIndex held = ledger.archive.add_transaction(ledger.payment(1, 2));
    const TransactionIndex rival = ledger.archive.add_transaction(ledger.payment(1, 0));
    ChainAndPool both{ledger.archive};
    ASSERT_TRUE(both.pool.add(held, genesis_index));
    EXPECT_EQ(name_of(check_held_payment(rival, both.pool, both.chain, ledger.archive)),
              "pool_is_consistent");
}

TEST(PoolCheck, WantsTheCoinsOfHeldPaymentsToBeSomewhere) {
    TestLedger ledger;
    const Transaction first = ledger.payment(1, 2);
    const BlockIndex block = ledger.add_good_block(genesis_index, {first});
    const Output coin = first.outputs.front();
    const TransactionIndex second = ledger.archive.add_transaction(
        ledger.payment(2, OutPoint{.transaction = transaction_id(first), .index = 0}, coin,
                       {{.amount = bezants(10), .owner = ledger.owner(0)}}));
    ChainAndPool both{ledger.archive};
    // A pool that stands on another tip than the chain.
    ASSERT_TRUE(both.pool.add(second, block));
    EXPECT_EQ(name_of(check_pool(both.pool, both.chain, ledger.archive)), "pool_is_consistent");
    both.move_to(block, true);
    EXPECT_EQ(name_of(check_pool(both.pool, both.chain, ledger.archive)), "nothing");
}

TEST(WalletCheck, WantsTheBalanceThatTheLedgerHas) {
    TestLedger ledger;
    const BlockIndex block = ledger.add_good_block(genesis_index, {ledger.payment(1, 2)});
    const Participant participant{ledger.archive, ledger.keys.of_participant(1), {}, Random{1}};
    LedgerAudit audit{ledger.archive, ledger.verifier};
    EXPECT_EQ(name_of(check_wallet(participant, audit)), "nothing");
    ASSERT_FALSE(audit.move_to(block));
    EXPECT_EQ(name_of(check_wallet(participant, audit)), "wallet_is_right");
}

}  // namespace
}  // namespace bezant::sim
