// SPDX-License-Identifier: Apache-2.0
#include "chain/local_chain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "tests/unit/chain/shared_archive.hpp"

namespace bezant {
namespace {

using test::ChainBuilder;
using test::SharedArchive;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Time late = from_unix_seconds(4'000'000'000);

/// A participant, and a builder whose blocks reach him on a word.
class Participant : public testing::Test {
protected:
    BlockIndex index(std::size_t block) {
        shared_.add();
        return shared_.index(block);
    }
    Result<bool, Rejection> header(std::size_t block, Time now = late) {
        return chain_.accept_header(index(block), now);
    }
    Result<TipChange, Rejection> body(std::size_t block) {
        return chain_.accept_body(index(block));
    }
    /// A block without payments.
    std::size_t grow(std::size_t parent) { return builder_.grow(parent, 0); }
    /// A branch of this many blocks; gives the last.
    std::size_t grow_branch(std::size_t parent, int length) {
        for (; length > 0; --length) parent = grow(parent);
        return parent;
    }
    /// All blocks grown so far arrive in order.
    void receive_all() {
        for (std::size_t i = 1; i < builder_.size(); ++i) {
            (void)header(i);
            (void)body(i);
        }
    }

    ChainBuilder builder_{1};
    SharedArchive shared_{builder_};
    LocalChain chain_{shared_.archive()};
};

using LocalChainTest = Participant;

TEST_F(LocalChainTest, KnowsGenesisAtFirst) {
    EXPECT_EQ(chain_.tip(), genesis_index);
    EXPECT_EQ(chain_.best_header(), genesis_index);
    EXPECT_EQ(chain_.height(), Height{0});
    EXPECT_TRUE(chain_.has_body(genesis_index));
    EXPECT_EQ(chain_.confirmations(genesis_index), 1U);
    EXPECT_THAT(chain_.missing_bodies(10), IsEmpty());
    EXPECT_FALSE(*chain_.accept_header(genesis_index, late));
    EXPECT_FALSE(chain_.accept_body(genesis_index)->moved());
}

TEST_F(LocalChainTest, MovesToABlockThatArrives) {
    const std::size_t block = grow(0);
    EXPECT_TRUE(*header(block));
    EXPECT_EQ(chain_.best_header(), index(block));
    EXPECT_EQ(chain_.tip(), genesis_index);
    EXPECT_THAT(chain_.missing_bodies(10), ElementsAre(index(block)));
    const TipChange change = *body(block);
    EXPECT_TRUE(change.moved());
    EXPECT_EQ(change.from, genesis_index);
    EXPECT_EQ(change.to, index(block));
    EXPECT_THAT(change.connected, ElementsAre(index(block)));
    EXPECT_THAT(change.disconnected, IsEmpty());
    EXPECT_EQ(chain_.block_at(Height{1}), index(block));
    EXPECT_EQ(chain_.confirmations(index(block)), 1U);
    EXPECT_EQ(chain_.confirmations(genesis_index), 2U);
    EXPECT_FALSE(*header(block));
    EXPECT_FALSE(body(block)->moved());
}

TEST_F(LocalChainTest, KnowsOnlyWhatHasReachedIt) {
    const std::size_t block = grow(0);
    LocalChain other{shared_.archive()};
    ASSERT_TRUE(header(block));
    ASSERT_TRUE(body(block));
    EXPECT_FALSE(other.has_header(index(block)));
    EXPECT_EQ(other.tip(), genesis_index);
}

TEST_F(LocalChainTest, RefusesAHeaderWhoseParentHasNotReachedIt) {
    const std::size_t orphan = grow(grow(0));
    EXPECT_EQ(header(orphan).error().reason, Reason::unknown_parent);
    EXPECT_FALSE(chain_.has_header(index(orphan)));
}

TEST_F(LocalChainTest, TakesAHeaderOnceItsTimeHasCome) {
    const std::size_t block = grow(0);
    const Time when = from_unix_seconds(builder_[block].block.header.time);
    const Duration ahead = seconds(builder_.parameters().future_seconds_max);
    EXPECT_EQ(header(block, when - ahead - seconds(1)).error().reason, Reason::time_too_late);
    EXPECT_FALSE(chain_.has_header(index(block)));
    EXPECT_TRUE(*header(block, when - ahead));
}

TEST_F(LocalChainTest, StaysWithTheFirstSeenAtEqualWork) {
    const std::size_t first = grow(0);
    const std::size_t second = grow(0);
    ASSERT_TRUE(header(second) && header(first));
    EXPECT_EQ(chain_.best_header(), index(second));
    ASSERT_TRUE(body(first) && body(second));
    EXPECT_EQ(chain_.tip(), index(first));
    EXPECT_TRUE(chain_.is_connected(index(second)));
    EXPECT_FALSE(chain_.is_on_best_chain(index(second)));
    EXPECT_EQ(chain_.confirmations(index(second)), 0U);
}

TEST_F(LocalChainTest, GoesByTheRuleThatItIsGiven) {
    class LastSeen final : public ForkChoice {
        [[nodiscard]] bool prefers(const BlockTree& blocks, BlockIndex candidate,
                                   BlockIndex tip) const override {
            return blocks[candidate].work >= blocks[tip].work;
        }
    };
    const LastSeen rule;
    LocalChain other{shared_.archive(), rule};
    const std::size_t first = grow(0);
    const std::size_t second = grow(0);
    for (const std::size_t block : {first, second}) {
        (void)other.accept_header(index(block), late);
        const TipChange change = *other.accept_body(index(block));
        EXPECT_EQ(change.to, index(block));
        EXPECT_THAT(change.left_stale, IsEmpty());
    }
    receive_all();
    EXPECT_EQ(chain_.tip(), index(first));
}

TEST_F(LocalChainTest, TellsOfAllThatAreLeftStale) {
    const std::size_t best = grow_branch(0, 3);
    const std::size_t rival = grow(0);
    const std::size_t on_rival = grow(rival);
    for (std::size_t i = 1; i < builder_.size(); ++i) (void)header(i);
    for (std::size_t i = 1; i <= best; ++i) EXPECT_THAT(body(i)->left_stale, IsEmpty());
    EXPECT_THAT(body(on_rival)->left_stale, IsEmpty()) << "it waits for its parent";
    EXPECT_THAT(body(rival)->left_stale, ElementsAre(index(rival), index(on_rival)));
    EXPECT_THAT(body(rival)->left_stale, IsEmpty()) << "told once";
}

TEST_F(LocalChainTest, ConnectsBodiesThatWaited) {
    const std::size_t first = grow(0);
    const std::size_t second = grow(first);
    const std::size_t third = grow(second);
    ASSERT_TRUE(header(first) && header(second) && header(third));
    EXPECT_FALSE(body(third)->moved());
    EXPECT_FALSE(body(second)->moved());
    EXPECT_THAT(chain_.missing_bodies(10), ElementsAre(index(first)));
    EXPECT_THAT(body(first)->connected, ElementsAre(index(first), index(second), index(third)));
    EXPECT_THAT(chain_.missing_bodies(10), IsEmpty());
}

TEST_F(LocalChainTest, PrefersTheBodyThatWaitedLongestAtEqualWork) {
    const std::size_t parent = grow(0);
    const std::size_t left = grow(parent);
    const std::size_t right = grow(parent);
    for (const std::size_t block : {parent, left, right}) ASSERT_TRUE(header(block));
    ASSERT_TRUE(body(right) && body(left) && body(parent));
    EXPECT_EQ(chain_.tip(), index(right));
}

TEST_F(LocalChainTest, KeepsAWaitingBodyOnce) {
    const std::size_t first = grow(0);
    const std::size_t second = grow(first);
    ASSERT_TRUE(header(first) && header(second) && body(second));
    const std::size_t before = chain_.memory_bytes();
    for (int i = 0; i < 1000; ++i) ASSERT_FALSE(body(second)->moved());
    EXPECT_EQ(chain_.memory_bytes(), before);
}

TEST_F(LocalChainTest, ReorganisesAThousandBlocksDeep) {
    const std::size_t left = grow_branch(0, 1000);
    const std::size_t right = grow_branch(0, 1001);
    for (std::size_t i = 1; i < builder_.size(); ++i) ASSERT_TRUE(header(i));
    for (std::size_t i = 1; i < right; ++i) ASSERT_TRUE(body(i));
    EXPECT_EQ(chain_.tip(), index(left));
    const TipChange change = *body(right);
    EXPECT_EQ(change.to, index(right));
    ASSERT_EQ(change.disconnected.size(), 1000U);
    ASSERT_EQ(change.connected.size(), 1001U);
    EXPECT_EQ(change.disconnected.front(), index(left));
    EXPECT_EQ(change.connected.back(), index(right));
    EXPECT_EQ(chain_.confirmations(index(left)), 0U);
}

TEST_F(LocalChainTest, RefusesABlockThatBreaksARuleAndAllOnTopOfIt) {
    const std::size_t good = grow(0);
    const std::size_t bad = builder_.grow_overclaiming(good);
    const std::size_t above = grow(bad);
    const std::size_t later = grow(above);
    const std::size_t latest = grow(later);
    for (const std::size_t block : {good, bad, above}) ASSERT_TRUE(header(block));
    EXPECT_EQ(chain_.best_header(), index(above));
    ASSERT_TRUE(body(good));
    ASSERT_TRUE(body(above));
    EXPECT_FALSE(chain_.fault(index(bad)));
    EXPECT_EQ(body(bad).error().reason, Reason::coinbase_overclaims);

    EXPECT_EQ(chain_.tip(), index(good));
    EXPECT_EQ(chain_.best_header(), index(good));
    EXPECT_THAT(chain_.missing_bodies(10), IsEmpty());
    EXPECT_EQ(chain_.fault(index(bad))->reason, Reason::coinbase_overclaims);
    EXPECT_EQ(chain_.fault(index(above))->reason, Reason::invalid_parent);
    EXPECT_EQ(body(bad).error().reason, Reason::coinbase_overclaims);
    EXPECT_EQ(header(bad).error().reason, Reason::coinbase_overclaims);
    for (const std::size_t block : {later, latest, later}) {
        const Rejection rejection = header(block).error();
        EXPECT_EQ(rejection.reason, Reason::invalid_parent);
        EXPECT_THAT(rejection.got, testing::HasSubstr(to_hex_reversed(builder_[bad].hash.view())));
    }
    EXPECT_EQ(body(later).error().reason, Reason::invalid_parent);
    EXPECT_EQ(chain_.best_header(), index(good));
}

TEST_F(LocalChainTest, ReportsWaitingBlocksThatTurnOutBad) {
    const std::size_t good = grow(0);
    const std::size_t bad = builder_.grow_overclaiming(good);
    for (const std::size_t block : {good, bad}) ASSERT_TRUE(header(block));
    ASSERT_TRUE(body(bad));
    const TipChange change = *body(good);
    EXPECT_EQ(change.to, index(good));
    EXPECT_THAT(change.connected, ElementsAre(index(good)));
    EXPECT_THAT(change.refused, ElementsAre(index(bad)));
}

TEST_F(LocalChainTest, DoesNotTakeAnothersVerdictForKnowledge) {
    const std::size_t bad = builder_.grow_overclaiming(0);
    LocalChain other{shared_.archive()};
    ASSERT_TRUE(header(bad));
    ASSERT_FALSE(body(bad));
    EXPECT_TRUE(*other.accept_header(index(bad), late)) << "its header alone is good";
    EXPECT_FALSE(other.fault(index(bad)));
}

TEST_F(LocalChainTest, DoesNotRememberABadHeader) {
    const std::size_t bad = builder_.grow_too_early(0);
    const std::size_t above = grow(bad);
    EXPECT_EQ(header(bad).error().reason, Reason::time_too_early);
    EXPECT_FALSE(chain_.has_header(index(bad)));
    EXPECT_EQ(header(above).error().reason, Reason::unknown_parent);
}

TEST_F(LocalChainTest, FallsBackToTheFirstSeenOfTheNextBestHeaders) {
    const std::size_t bad = builder_.grow_overclaiming(0);
    const std::size_t best = grow(grow(bad));
    const std::size_t young = grow(grow(0));
    const std::size_t old = grow(grow(0));
    ASSERT_TRUE(header(builder_[old].parent) && header(old));
    ASSERT_TRUE(header(builder_[young].parent) && header(young));
    ASSERT_TRUE(header(bad) && header(builder_[best].parent) && header(best));
    EXPECT_EQ(chain_.best_header(), index(best));
    ASSERT_FALSE(body(bad));
    EXPECT_EQ(chain_.best_header(), index(old));
}

TEST_F(LocalChainTest, ListsMissingBodiesOldestFirstUpToABound) {
    constexpr int length = 500;
    grow_branch(0, length);
    for (std::size_t i = 1; i < builder_.size(); ++i) ASSERT_TRUE(header(i));
    for (std::size_t i = 1; i <= 200; ++i) ASSERT_TRUE(body(i));
    ASSERT_TRUE(body(203));
    EXPECT_THAT(chain_.missing_bodies(3), ElementsAre(index(201), index(202), index(204)));
    EXPECT_THAT(chain_.missing_bodies(0), IsEmpty());
    EXPECT_EQ(chain_.missing_bodies(1000).size(), 299U);
    EXPECT_EQ(chain_.missing_bodies(1000).back(), index(500));
    const auto odd = [](BlockIndex block) { return block.value % 2 == 1; };
    EXPECT_THAT(chain_.missing_bodies(2, odd), ElementsAre(index(202), index(204)));
    EXPECT_EQ(chain_.missing_bodies(100, odd).size(), 100U);
}

TEST_F(LocalChainTest, TakesLittleMemoryForALongChain) {
    grow_branch(0, 1000);
    receive_all();
    EXPECT_EQ(chain_.height(), Height{1000});
    EXPECT_LT(chain_.memory_bytes(), 1500U);
}

}  // namespace
}  // namespace bezant
