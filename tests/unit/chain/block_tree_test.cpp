// SPDX-License-Identifier: Apache-2.0
#include "chain/block_tree.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "ledger/parameters.hpp"
#include "tests/seeds.hpp"

namespace bezant {
namespace {

/// A tree of headers that say nothing but who their parent is.
class Headers {
public:
    Headers() : tree_(genesis()) {}

    static BlockHeader genesis() { return built_in_parameters("local")->genesis.header; }

    BlockHeader child_of(BlockIndex parent) {
        BlockHeader header = genesis();
        header.previous = tree_[parent].hash;
        header.nonce = ++nonce_;
        return header;
    }
    BlockIndex grow(BlockIndex parent) { return *tree_.add(child_of(parent)); }

    const BlockTree& tree() const { return tree_; }
    BlockTree& tree() { return tree_; }

    /// The plain way to an ancestor.
    BlockIndex walk(BlockIndex block, Height height) const {
        while (tree_[block].height > height) block = tree_[block].parent;
        return block;
    }

private:
    BlockTree tree_;
    std::uint32_t nonce_ = 0;
};

TEST(BlockTree, BeginsWithGenesis) {
    const BlockTree tree{Headers::genesis()};
    EXPECT_EQ(tree.size(), 1U);
    EXPECT_EQ(tree.find(block_hash(Headers::genesis())), genesis_index);
    EXPECT_EQ(tree[genesis_index].parent, no_block);
    EXPECT_EQ(tree[genesis_index].height, Height{0});
    EXPECT_EQ(tree[genesis_index].work, Uint256{2});
    EXPECT_EQ(tree.locator(genesis_index), std::vector{genesis_index});
}

TEST(BlockTree, PlacesAHeaderOnItsParent) {
    Headers headers;
    const BlockIndex first = headers.grow(genesis_index);
    const BlockIndex second = headers.grow(first);
    const BlockNode& node = headers.tree()[second];
    EXPECT_EQ(node.parent, first);
    EXPECT_EQ(node.height, Height{2});
    EXPECT_EQ(node.work, Uint256{6});
    EXPECT_EQ(node.hash, block_hash(node.header));
    EXPECT_EQ(headers.tree().find(node.hash), second);
}

TEST(BlockTree, HasEachHeaderOnce) {
    Headers headers;
    const BlockHeader header = headers.child_of(genesis_index);
    const auto index = headers.tree().add(header);
    EXPECT_EQ(headers.tree().add(header), index);
    EXPECT_EQ(headers.tree().add(Headers::genesis()), genesis_index);
    EXPECT_EQ(headers.tree().size(), 2U);
}

TEST(BlockTree, RefusesAHeaderWithoutParent) {
    Headers headers;
    BlockHeader header = headers.child_of(genesis_index);
    header.previous.bytes[0] ^= 1U;
    EXPECT_EQ(headers.tree().add(header), std::nullopt);
    EXPECT_EQ(headers.tree().size(), 1U);
}

TEST(BlockTree, CountsNoWorkForAMalformedTarget) {
    Headers headers;
    BlockHeader header = headers.child_of(genesis_index);
    header.target = CompactTarget{0};
    EXPECT_EQ(headers.tree()[*headers.tree().add(header)].work, Uint256{2});
}

TEST(BlockTree, LinksChildrenYoungestFirst) {
    Headers headers;
    const BlockIndex older = headers.grow(genesis_index);
    const BlockIndex younger = headers.grow(genesis_index);
    EXPECT_EQ(headers.tree()[genesis_index].first_child, younger);
    EXPECT_EQ(headers.tree()[younger].next_sibling, older);
    EXPECT_EQ(headers.tree()[older].next_sibling, no_block);
    EXPECT_EQ(headers.tree()[older].first_child, no_block);
}

TEST(BlockTree, FindsAncestorsAndForksAsWalkingParentsDoes) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(20); ++seed) {
        Random random{seed};
        Headers headers;
        const BlockTree& tree = headers.tree();
        const std::uint64_t reach = 1 + random.below(100);
        const auto any = [&] {
            return BlockIndex{static_cast<std::uint32_t>(random.below(tree.size()))};
        };
        for (int i = 0; i < 600; ++i) {
            const auto back = random.below(std::min<std::uint64_t>(reach, tree.size()));
            headers.grow(BlockIndex{static_cast<std::uint32_t>(tree.size() - 1 - back)});
        }
        for (int i = 0; i < 2000; ++i) {
            if (i % 50 == 25) headers.tree().set_trunk(any());
            const BlockIndex left = any();
            const BlockIndex right = any();
            const Height height{static_cast<std::uint32_t>(
                random.below(tree[left].height.value + std::uint64_t{1}))};
            ASSERT_EQ(tree.ancestor(left, height), headers.walk(left, height));
            ASSERT_EQ(tree.is_ancestor(left, right),
                      left == headers.walk(right, tree[left].height));
            BlockIndex fork = headers.walk(left, tree[right].height);
            while (fork != headers.walk(right, tree[fork].height)) fork = tree[fork].parent;
            ASSERT_EQ(tree.fork_point(left, right), fork);
        }
    }
}

TEST(BlockTree, ReachesAnyAncestorInFewSteps) {
    Headers headers;
    BlockIndex tip = genesis_index;
    for (int i = 0; i < 20'000; ++i) tip = headers.grow(tip);
    const BlockTree& tree = headers.tree();
    for (std::uint32_t height = 0; height < 20'000; height += 7) {
        int steps = 0;
        for (BlockIndex at = tip; tree[at].height.value > height; ++steps)
            at = tree[tree[at].skip].height.value >= height ? tree[at].skip : tree[at].parent;
        ASSERT_LE(steps, 3 * 15) << height;
    }
}

TEST(BlockTree, LocatesWithDoublingSteps) {
    Headers headers;
    BlockIndex tip = genesis_index;
    for (int i = 0; i < 1000; ++i) tip = headers.grow(tip);
    std::vector<std::uint32_t> heights;
    for (const BlockIndex block : headers.tree().locator(tip))
        heights.push_back(headers.tree()[block].height.value);
    EXPECT_EQ(heights,
              (std::vector<std::uint32_t>{1000, 999, 998, 997, 996, 995, 994, 993, 992, 991,
                                          990,  988, 984, 976, 960, 928, 864, 736, 480, 0}));
}

}  // namespace
}  // namespace bezant
