// SPDX-License-Identifier: Apache-2.0
// What a store holds is what its network's ledger says after its tip, through forks, restarts and
// forgetting.
#include "storage/ledger_storage.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/seeds.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/storage/deployed.hpp"

namespace bezant::storage {
namespace {

using test::ChainBuilder;
using test::Deployed;
using test::TemporaryFolder;

std::map<OutPoint, Coin> coins_in(Deployed& node) {
    std::map<OutPoint, Coin> coins;
    node.ledger().database().scan(Family::coins, [&](ByteView key, ByteView value) {
        Decoder in{key};
        OutPoint outpoint;
        outpoint.transaction = in.fixed<TransactionId>("transaction");
        outpoint.index = in.u32("index");
        coins[outpoint] = whole(value, decode_coin).value();
        return true;
    });
    return coins;
}

std::map<OutPoint, Coin> unspent(const test::CoinMap& all) {
    std::map<OutPoint, Coin> coins;
    for (const auto& [outpoint, found] : all.all())
        if (found.state == CoinState::unspent) coins[outpoint] = found.coin;
    return coins;
}

/// The store has exactly the coins after its tip, and can undo every block on the way there and no
/// other.
void expect_sound(const ChainBuilder& builder, Deployed& node) {
    const std::size_t tip = test::numbers_to(builder, node.ledger().tip()).back();
    ASSERT_EQ(coins_in(node), unspent(builder[tip].coins));
    for (std::size_t block = 0; block < builder.size(); ++block) {
        const auto undo = node.ledger().spent_by(builder[block].hash);
        ASSERT_EQ(undo.has_value(), builder.is_ancestor(block, tip));
        if (undo) {
            ASSERT_EQ(*undo, builder[block].effect.spent);
        }
    }
}

TEST(LedgerStorage, HoldsTheLedgerAfterItsTipThroughForksAndRestarts) {
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(6); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        builder.grow_tree(60, 10);
        Random random{seed};
        const TemporaryFolder folder;
        auto node = std::make_unique<Deployed>(builder, folder.file("store"));
        for (std::size_t block = 1; block < builder.size(); ++block) {
            node->take(block);
            if (random.chance(1, 2)) continue;
            ASSERT_TRUE(node->sync());
            if (random.chance(1, 3)) node->forget(random);
            if (random.chance(1, 6)) {
                node.reset();
                node = std::make_unique<Deployed>(builder, folder.file("store"));
            }
            ASSERT_NO_FATAL_FAILURE(expect_sound(builder, *node));
        }
    }
}

TEST(LedgerStorage, KnowsAfterARestartWhatItKnewBefore) {
    ChainBuilder builder{3};
    builder.grow_tree(40);
    const TemporaryFolder folder;
    {
        Deployed node{builder, folder.file("store")};
        for (std::size_t block = 1; block < builder.size(); ++block) node.take(block);
        ASSERT_TRUE(node.sync());
    }
    Deployed node{builder, folder.file("store")};
    ASSERT_EQ(node.loaded().size(), builder.size() - 1);
    for (std::size_t block = 1; block < builder.size(); ++block) {
        const BlockIndex index = node.loaded()[block - 1];
        EXPECT_EQ(node.archive().blocks()[index].hash, builder[block].hash) << "in their order";
        EXPECT_EQ(node.archive().block_fault(index), nullptr);
        EXPECT_EQ(node.archive().sums(index).supply, builder[block].coins.unspent_sum());
        EXPECT_EQ(node.ledger().block(builder[block].hash), builder[block].block);
    }
    EXPECT_EQ(node.archive().transactions().size(), 1U) << "no transaction is read";
}

TEST(LedgerStorage, WhatWasNotSyncedIsNotThere) {
    ChainBuilder builder{4};
    const std::size_t first = builder.grow(0);
    const std::size_t second = builder.grow(first);
    const TemporaryFolder folder;
    {
        Deployed node{builder, folder.file("store")};
        node.take(first);
        ASSERT_TRUE(node.sync());
        node.take(second);
    }
    Deployed node{builder, folder.file("store")};
    EXPECT_EQ(node.ledger().tip(), builder[first].hash);
    EXPECT_EQ(node.loaded().size(), 1U);
    EXPECT_FALSE(node.ledger().block(builder[second].hash));
}

}  // namespace
}  // namespace bezant::storage
