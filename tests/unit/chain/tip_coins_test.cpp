// SPDX-License-Identifier: Apache-2.0
#include "chain/tip_coins.hpp"

#include <gtest/gtest.h>

#include "chain/coin_table_view.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/chain/shared_archive.hpp"

namespace bezant {
namespace {

using test::ChainBuilder;
using test::SharedArchive;

bool same(const CoinLookup& left, const CoinLookup& right) {
    return left.state == right.state &&
           (left.state == CoinState::unknown || left.coin == right.coin);
}

std::size_t count_of(const ChainBuilder::Built& built, CoinState state) {
    return static_cast<std::size_t>(std::ranges::count(
        built.coins.all(), state, [](const auto& entry) { return entry.second.state; }));
}

/// Coins at one tip of a tree, moved about it.
class Walker {
public:
    explicit Walker(const ChainBuilder& builder) : builder_(builder) {
        coins_.connect(genesis_effect(builder.parameters().genesis));
    }

    /// Moves to a good block: back until it is on top, and forward.
    void go(std::size_t to) {
        while (!builder_.is_ancestor(at_, to)) {
            coins_.disconnect(builder_[at_].effect);
            at_ = builder_[at_].parent;
        }
        std::vector<std::size_t> way;
        for (std::size_t block = to; block != at_; block = builder_[block].parent)
            way.push_back(block);
        for (; !way.empty(); way.pop_back()) coins_.connect(builder_[way.back()].effect);
        at_ = to;
    }

    [[nodiscard]] const TipCoins& coins() const { return coins_; }

private:
    const ChainBuilder& builder_;
    TipCoins coins_;
    std::size_t at_ = 0;
};

TEST(TipCoins, BeginWithTheAllocation) {
    ChainBuilder builder{1};
    const BlockEffect effect = genesis_effect(builder.parameters().genesis);
    EXPECT_EQ(effect.issued, bezants(120));
    TipCoins coins;
    coins.connect(effect);
    EXPECT_EQ(coins.unspent_count(), 12U);
    EXPECT_EQ(coins.spent_count(), 0U);
    coins.disconnect(effect);
    EXPECT_EQ(coins.unspent_count(), 0U);
}

TEST(TipCoins, AnswerAsTheTableOfAllTipsDoesOnEveryTip) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(15); ++seed) {
        ChainBuilder builder{seed};
        builder.grow_tree(40);
        SharedArchive shared{builder};
        Archive& archive = shared.archive();
        Walker walker{builder};
        for (int move = 0; move < 60; ++move) {
            const std::size_t tip = builder.random().below(builder.size());
            ASSERT_EQ(archive.block_fault(shared.index(tip)), nullptr);
            walker.go(tip);
            const CoinsAtTip at_tip = archive.coins_at(shared.index(tip));
            const CoinTableView table{archive.coins(), at_tip};
            for (std::uint32_t i = 0; i < archive.coins().size(); ++i) {
                const OutPoint& outpoint = archive.coins().outpoint(CoinIndex{i});
                ASSERT_TRUE(same(walker.coins().find(outpoint), table.find(outpoint)));
                ASSERT_TRUE(same(builder[tip].coins.find(outpoint), table.find(outpoint)));
            }
            EXPECT_EQ(walker.coins().unspent_count(), count_of(builder[tip], CoinState::unspent));
            EXPECT_EQ(walker.coins().spent_count(), count_of(builder[tip], CoinState::spent));
            EXPECT_EQ(walker.coins().unspent_sum(), builder[tip].coins.unspent_sum());
            EXPECT_EQ(walker.coins().find({}).state, CoinState::unknown);
            EXPECT_EQ(table.find({}).state, CoinState::unknown);
        }
    }
}

TEST(TipCoins, GiveBlocksTheSameVerdictsAndEffects) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(10); ++seed) {
        ChainBuilder builder{seed};
        builder.grow_tree(25);
        SharedArchive shared{builder};
        Archive& archive = shared.archive();
        Walker walker{builder};
        DirectVerifier verifier;
        for (int trial = 0; trial < 60; ++trial) {
            // Any block of the tree, as a child of any block: mostly out of place.
            const std::size_t tip = builder.random().below(builder.size());
            Block block = builder[1 + builder.random().below(builder.size() - 1)].block;
            const Height height = block.transactions[0].lock_height;
            ASSERT_EQ(archive.block_fault(shared.index(tip)), nullptr);
            walker.go(tip);
            const CoinsAtTip at_tip = archive.coins_at(shared.index(tip));
            const CoinTableView table{archive.coins(), at_tip};
            const auto one =
                check_block_on_coins(block, height, walker.coins(), builder.parameters(), verifier);
            const auto other =
                check_block_on_coins(block, height, table, builder.parameters(), verifier);
            ASSERT_EQ(one, other);
        }
    }
}

}  // namespace
}  // namespace bezant
