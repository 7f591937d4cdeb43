// SPDX-License-Identifier: Apache-2.0
// A store's index says what all blocks of its chain say when they are read anew, record by record,
// through random trees, reorganisations, restarts, failed writes, and lives in which it was not
// kept.
#include "storage/ledger_index.hpp"

#include <gtest/gtest.h>

#include "tests/seeds.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/storage/deployed.hpp"
#include "tests/unit/storage/naive_index.hpp"

namespace bezant::storage {
namespace {

using test::ChainBuilder;
using test::TemporaryFolder;

/// A node without neighbours: archive, store, and perhaps an index.
class IndexedNode : public test::Deployed {
public:
    IndexedNode(const ChainBuilder& builder, const std::string& folder, bool with_index)
        : Deployed(builder, folder) {
        if (with_index) turn_on();
    }
    void turn_on() { storage().accompany(index_.emplace(ledger(), archive())); }
    [[nodiscard]] std::optional<LedgerIndex>& index() { return index_; }

private:
    std::optional<LedgerIndex> index_;
};

NaiveIndex naive_at(const ChainBuilder& builder, const std::optional<BlockHash>& tip) {
    if (!tip) return {};
    std::vector<const Block*> chain;
    for (const std::size_t number : test::numbers_to(builder, *tip))
        chain.push_back(&builder[number].block);
    return naive_index(chain);
}

/// What is stored is the index of the chain that ends where it says that it ends.
void expect_sound(const ChainBuilder& builder, IndexedNode& node) {
    const Database& database = node.ledger().database();
    const NaiveIndex stored = stored_index(database);
    const NaiveIndex naive = naive_at(builder, IndexReader{database}.tip());
    ASSERT_EQ(stored.transactions, naive.transactions);
    ASSERT_EQ(stored.history, naive.history);
    ASSERT_EQ(stored.coins, naive.coins);
}

/// It has come to the tip.
void expect_complete(const ChainBuilder& builder, IndexedNode& node) {
    ASSERT_TRUE(node.index()->is_complete());
    ASSERT_EQ(node.index()->reader().tip(), node.tip());
    ASSERT_EQ(node.index()->height(), node.height());
    ASSERT_NO_FATAL_FAILURE(expect_sound(builder, node));
}

/// Branches so long that coinbases mature on them, and are spent, before they are left.
void grow_deep_branches(ChainBuilder& builder) {
    std::array<std::size_t, 2> tips{};
    for (std::uint32_t height = 6; height <= 24; height += 6) {
        std::size_t& tip = tips[height / 6 % 2];
        while (builder[tip].height < Height{height}) tip = builder.grow(tip, 5);
    }
}

/// Follows the blocks in the order in which they were grown.
void follow(const ChainBuilder& builder, std::uint64_t seed) {
    Random random{seed};
    const TemporaryFolder folder;
    auto node = std::make_unique<IndexedNode>(builder, folder.file("store"), true);
    ASSERT_TRUE(node->index()->scan().value());
    for (std::size_t block = 1; block < builder.size(); ++block) {
        node->take(block);
        if (random.chance(1, 2)) continue;
        if (random.chance(1, 3)) node->tell_in_vain(*node->index());
        ASSERT_TRUE(node->sync());
        if (random.chance(1, 3)) node->forget(random);
        if (random.chance(1, 6)) {
            node.reset();
            node = std::make_unique<IndexedNode>(builder, folder.file("store"), true);
        }
        ASSERT_NO_FATAL_FAILURE(expect_complete(builder, *node)) << "nothing is read again";
    }
}

TEST(LedgerIndex, SaysWhatAllBlocksSay) {
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(4); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        builder.grow_tree(70, 5);
        ASSERT_NO_FATAL_FAILURE(follow(builder, seed));
    }
}

TEST(LedgerIndex, SaysWhatAllBlocksSayAfterDeepReorganisations) {
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(3); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        grow_deep_branches(builder);
        ASSERT_NO_FATAL_FAILURE(follow(builder, seed));
    }
}

/// Whether the chain has left the last block that the index has.
bool is_off_the_chain(const ChainBuilder& builder, IndexedNode& node) {
    const auto tip = node.index()->reader().tip();
    if (!tip) return false;
    return !builder.is_ancestor(test::numbers_to(builder, *tip).back(),
                                test::numbers_to(builder, node.tip()).back());
}

/// Turned on late, off and on again, a few transactions at a time, while the chain moves on.
void follow_now_and_then(const ChainBuilder& builder, std::uint64_t seed, int& went_back) {
    Random random{seed};
    const TemporaryFolder folder;
    auto node = std::make_unique<IndexedNode>(builder, folder.file("store"), false);
    for (std::size_t block = 1; block < builder.size(); ++block) {
        node->take(block);
        if (random.chance(1, 2)) continue;
        ASSERT_TRUE(node->sync());
        if (node->index() && random.chance(1, 2)) {
            if (is_off_the_chain(builder, *node)) ++went_back;
            const auto done = node->index()->scan(random.below(2) * 100 + random.below(8));
            ASSERT_EQ(done, node->index()->is_complete());
        }
        if (random.chance(1, 3)) node->forget(random);
        ASSERT_NO_FATAL_FAILURE(expect_sound(builder, *node));
        if (random.chance(1, 4)) {
            node.reset();
            node =
                std::make_unique<IndexedNode>(builder, folder.file("store"), random.chance(1, 2));
        }
    }
    if (!node->index()) node->turn_on();
    while (!node->index()->scan(5).value()) continue;
    ASSERT_NO_FATAL_FAILURE(expect_complete(builder, *node));
}

TEST(LedgerIndex, CatchesUpWithWhatItDidNotSee) {
    int went_back = 0;
    const std::uint64_t seeds = test::seeds_to_try(6);
    for (std::uint64_t seed = 1; seed <= seeds || (went_back == 0 && seed < 100); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        if (seed % 2 == 0) {
            builder.grow_tree(70);
        } else {
            grow_deep_branches(builder);
        }
        ASSERT_NO_FATAL_FAILURE(follow_now_and_then(builder, seed, went_back));
    }
    EXPECT_GT(went_back, 0) << "some blocks were left while no index was kept";
}

TEST(LedgerIndex, GivesBackAGenesisCoinThatNeedNotMature) {
    ChainBuilder builder{1};
    std::size_t left = 0;
    do {
        left = builder.grow(0);
    } while (builder[left].effect.spent.empty());
    const std::size_t rival = builder.grow(0, 0);
    const std::size_t tip = builder.grow(rival, 0);
    const TemporaryFolder folder;
    {
        IndexedNode node{builder, folder.file("store"), true};
        node.take(left);
        ASSERT_TRUE(node.sync() && node.index()->scan().value());
    }
    {
        IndexedNode node{builder, folder.file("store"), false};
        node.take(rival);
        node.take(tip);
        ASSERT_TRUE(node.sync());
    }
    IndexedNode node{builder, folder.file("store"), true};
    ASSERT_EQ(node.index()->scan(1), false);
    EXPECT_EQ(node.index()->height(), Height{0});
    ASSERT_NO_FATAL_FAILURE(expect_sound(builder, node));
    ASSERT_EQ(node.index()->scan(), true);
    ASSERT_NO_FATAL_FAILURE(expect_complete(builder, node));
}

/// A chain with some history, and its index.
class LedgerIndexPages : public testing::Test {
protected:
    LedgerIndexPages() {
        std::size_t tip = 0;
        for (int i = 0; i < 12; ++i) tip = builder.grow(tip);
        for (std::size_t block = 1; block < builder.size(); ++block) node.take(block);
        CHECK(node.sync() && node.index()->scan(), "it fits");
        naive = naive_at(builder, node.tip());
    }

    ChainBuilder builder{7};
    const TemporaryFolder folder;
    IndexedNode node{builder, folder.file("store"), true};
    const IndexReader reader = node.index()->reader();
    NaiveIndex naive;
};

TEST_F(LedgerIndexPages, HistoryComesNewestFirst) {
    for (const auto& [owner, lines] : naive.history) {
        ASSERT_GT(lines.size(), 3U);
        EXPECT_EQ(reader.history(owner, SIZE_MAX), lines);
        std::vector<HistoryLine> read;
        std::optional<TransactionPlace> before;
        for (;;) {
            const auto page = reader.history(owner, 2, before);
            if (page.empty()) break;
            EXPECT_LE(page.size(), 2U);
            read.insert(read.end(), page.begin(), page.end());
            before = page.back().place;
        }
        EXPECT_EQ(read, lines);
        EXPECT_TRUE(reader.history(owner, 0).empty());
        EXPECT_EQ(reader.last(owner), lines.front().entry);
        EXPECT_EQ(reader.entry(owner, lines[1].place), lines[1].entry);
        EXPECT_FALSE(reader.entry(owner, {Height{99}, 0}));
        for (const HistoryLine& line : lines) {
            const auto older = std::ranges::find_if(lines, [&](const HistoryLine& each) {
                return each.place.height < line.place.height;
            });
            EXPECT_EQ(reader.last_below(owner, line.place.height),
                      older == lines.end() ? AddressEntry{} : older->entry);
        }
    }
}

TEST_F(LedgerIndexPages, CoinsComeThoseOfTheHighestBlockFirst) {
    for (const auto& [owner, coins] : naive.coins) {
        EXPECT_EQ(reader.coins(owner, SIZE_MAX), coins);
        std::vector<SpentCoin> read;
        std::optional<std::pair<Height, OutPoint>> after;
        for (;;) {
            const auto page = reader.coins(owner, 2, after);
            if (page.empty()) break;
            read.insert(read.end(), page.begin(), page.end());
            after = {page.back().coin.height, page.back().outpoint};
        }
        EXPECT_EQ(read, coins);
        const SpentCoin& some = coins.front();
        EXPECT_EQ(reader.coin(owner, some.coin.height, some.outpoint)->amount,
                  some.coin.output.amount);
        EXPECT_FALSE(reader.coin(owner, Height{99}, some.outpoint));
    }
}

TEST_F(LedgerIndexPages, OthersHaveNothing) {
    const PublicKeyHash nobody{};
    EXPECT_EQ(reader.last(nobody), AddressEntry{});
    EXPECT_TRUE(reader.history(nobody, 10).empty());
    EXPECT_TRUE(reader.coins(nobody, 10).empty());
    EXPECT_FALSE(reader.find(TransactionId{}));
}

}  // namespace
}  // namespace bezant::storage
