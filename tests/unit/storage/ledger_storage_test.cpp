// SPDX-License-Identifier: Apache-2.0
// What a store holds is what its network's ledger says after its tip, through forks, restarts and
// forgetting.
#include "storage/ledger_storage.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/seeds.hpp"
#include "tests/support/chain_builder.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::storage {
namespace {

using test::ChainBuilder;
using test::TemporaryFolder;

/// A deployed node's archive and store, in a folder that outlives it.
class Deployed {
public:
    Deployed(const ChainBuilder& builder, const std::string& folder)
        : builder_(builder),
          ledger_(StoredLedger::open(folder, builder.parameters()).value()),
          archive_(builder.parameters(), verifier_, {.stored = ledger_.get()}),
          storage_(*ledger_, archive_) {
        loaded_ = storage_.load().value();
    }

    [[nodiscard]] const std::vector<BlockIndex>& loaded() const { return loaded_; }
    [[nodiscard]] Archive& archive() { return archive_; }
    [[nodiscard]] StoredLedger& ledger() { return *ledger_; }

    /// A block arrives; true if it is stored and the tip moved.
    void take(std::size_t block) {
        const auto added = archive_.add_block(builder_[block].block);
        if (!added || archive_.block_fault(*added) != nullptr) return;
        const BlockTree& blocks = archive_.blocks();
        ASSERT_TRUE(storage_.append(*added));
        waiting_ =
            waiting_ == no_block || blocks[*added].work > blocks[waiting_].work ? *added : waiting_;
    }

    /// What arrived since the last time becomes safe.
    void sync() {
        const BlockTree& blocks = archive_.blocks();
        const BlockIndex old = archive_.stored_tip();
        const bool moves = waiting_ != no_block && blocks[waiting_].work > blocks[old].work;
        ASSERT_TRUE(storage_.sync(moves ? waiting_ : old));
        waiting_ = no_block;
    }

    void forget(Height height) { archive_.forget_buried(height, {}); }
    [[nodiscard]] Height height() const { return archive_.blocks()[archive_.stored_tip()].height; }
    [[nodiscard]] BlockHash tip() const { return archive_.blocks()[archive_.stored_tip()].hash; }

private:
    const ChainBuilder& builder_;
    DirectVerifier verifier_;
    std::unique_ptr<StoredLedger> ledger_;
    Archive archive_;
    LedgerStorage storage_;
    std::vector<BlockIndex> loaded_;
    BlockIndex waiting_ = no_block;
};

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

std::size_t number_of(const ChainBuilder& builder, const BlockHash& hash) {
    std::size_t number = 0;
    while (builder[number].hash != hash) ++number;
    return number;
}

/// The store has exactly the coins after its tip, and can undo every block on the way there and no
/// other.
void expect_sound(const ChainBuilder& builder, Deployed& node) {
    const std::size_t tip = number_of(builder, node.ledger().tip());
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
            ASSERT_NO_FATAL_FAILURE(node->sync());
            if (random.chance(1, 3)) {
                node->forget(Height{static_cast<std::uint32_t>(
                    random.below(node->height().value + std::uint64_t{1}))});
            }
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
        node.sync();
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
        node.sync();
        node.take(second);
    }
    Deployed node{builder, folder.file("store")};
    EXPECT_EQ(node.ledger().tip(), builder[first].hash);
    EXPECT_EQ(node.loaded().size(), 1U);
    EXPECT_FALSE(node.ledger().block(builder[second].hash));
}

}  // namespace
}  // namespace bezant::storage
