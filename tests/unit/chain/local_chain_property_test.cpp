// SPDX-License-Identifier: Apache-2.0
// LocalChain beside a plain twin, on random trees that arrive in random order.
#include <gtest/gtest.h>

#include "chain/local_chain.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/chain/naive_chain.hpp"
#include "tests/unit/chain/shared_archive.hpp"

namespace bezant {
namespace {

using test::ChainBuilder;
using test::NaiveChain;
using test::SharedArchive;

constexpr Time late = from_unix_seconds(4'000'000'000);

/// A participant's chain and its twin, told the same things in the same order.
class Twins {
public:
    Twins(ChainBuilder& builder, SharedArchive& shared)
        : builder_(builder), shared_(shared), chain_(shared.archive()), naive_(builder) {}

    /// Something arrives: a header, or a body if the header is known.
    void deliver(std::size_t block, bool body) {
        if (body && naive_.has_header(block)) {
            const BlockIndex from = chain_.tip();
            const auto change = chain_.accept_body(shared_.index(block));
            expect_same_reason(naive_.accept_body(block), change);
            if (change) expect_way(*change, from);
        } else {
            const bool known = naive_.has_header(block);
            const auto accepted = chain_.accept_header(shared_.index(block), late);
            expect_same_reason(naive_.accept_header(block), accepted);
            if (accepted) {
                EXPECT_EQ(*accepted, !known);
            }
        }
    }

    void expect_same() const {
        ASSERT_EQ(chain_.tip(), shared_.index(naive_.tip()));
        ASSERT_EQ(chain_.best_header(), shared_.index(naive_.best_header()));
        ASSERT_EQ(chain_.height(), builder_[naive_.tip()].height);
        std::vector<BlockIndex> missing;
        for (const std::size_t block : naive_.missing_bodies())
            missing.push_back(shared_.index(block));
        ASSERT_EQ(chain_.missing_bodies(1000), missing);
        for (std::size_t i = 0; i < builder_.size(); ++i) {
            const BlockIndex index = shared_.index(i);
            ASSERT_EQ(chain_.has_header(index), naive_.has_header(i));
            ASSERT_EQ(chain_.has_body(index), naive_.has_body(i));
            ASSERT_EQ(chain_.is_connected(index), naive_.is_connected(i));
            ASSERT_EQ(chain_.is_on_best_chain(index), builder_.is_ancestor(i, naive_.tip()));
        }
    }

    void expect_coins_of_tip() const {
        const CoinTable& coins = shared_.archive().coins();
        for (std::uint32_t i = 0; i < coins.size(); ++i) {
            const CoinLookup got = chain_.coin(CoinIndex{i});
            const CoinLookup expected =
                builder_[naive_.tip()].coins.find(coins.outpoint(CoinIndex{i}));
            ASSERT_EQ(got.state, expected.state);
            if (got.state != CoinState::unknown) {
                ASSERT_EQ(got.coin, expected.coin);
            }
        }
    }

    [[nodiscard]] const LocalChain& chain() const { return chain_; }

private:
    template <class Value>
    static void expect_same_reason(std::optional<Reason> expected,
                                   const Result<Value, Rejection>& got) {
        ASSERT_EQ(got.has_value(), !expected.has_value());
        if (expected) {
            EXPECT_EQ(got.error().reason, *expected);
        }
    }

    /// Follows the change block by block from the old tip to the new one.
    void expect_way(const TipChange& change, BlockIndex from) const {
        const BlockTree& blocks = shared_.archive().blocks();
        ASSERT_EQ(change.from, from);
        ASSERT_EQ(change.to, chain_.tip());
        BlockIndex at = from;
        for (const BlockIndex block : change.disconnected) {
            ASSERT_EQ(block, at);
            at = blocks[at].parent;
        }
        ASSERT_TRUE(change.disconnected.empty() ||
                    !blocks.is_ancestor(change.disconnected.back(), change.to));
        for (const BlockIndex block : change.connected) {
            ASSERT_EQ(blocks[block].parent, at);
            at = block;
        }
        ASSERT_EQ(at, change.to);
        for (const BlockIndex block : change.refused) EXPECT_TRUE(chain_.fault(block));
    }

    ChainBuilder& builder_;
    SharedArchive& shared_;
    LocalChain chain_;
    NaiveChain naive_;
};

std::uint64_t best_valid_work(const ChainBuilder& builder) {
    std::uint64_t most = 0;
    for (std::size_t i = 0; i < builder.size(); ++i) {
        if (builder[i].is_valid()) most = std::max(most, builder[i].work);
    }
    return most;
}

TEST(LocalChainProperty, IsTheSameAsThePlainTwinWhateverComesInWhateverOrder) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(40); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        builder.grow_tree(35, seed % 3 * 10);
        SharedArchive shared{builder};
        Random& random = builder.random();
        // Two participants on one archive: what one found out, the other does not know.
        Twins first{builder, shared};
        Twins second{builder, shared};
        std::size_t reach = 2;
        for (int step = 0; step < 250; ++step) {
            reach = std::min(builder.size(), reach + random.below(2));
            Twins& somebody = random.chance(1, 2) ? first : second;
            somebody.deliver(random.below(reach), random.chance(2, 3));
            ASSERT_NO_FATAL_FAILURE(somebody.expect_same());
        }
        for (std::size_t i = 1; i < builder.size(); ++i) {
            first.deliver(i, false);
            first.deliver(i, true);
        }
        ASSERT_NO_FATAL_FAILURE(first.expect_same());
        first.expect_coins_of_tip();
        const BlockIndex tip = first.chain().tip();
        EXPECT_EQ(shared.archive().blocks()[tip].height.value + 1, best_valid_work(builder));
        EXPECT_EQ(shared.archive().block_fault(tip), nullptr);
    }
}

}  // namespace
}  // namespace bezant
