// SPDX-License-Identifier: Apache-2.0
// Blocks that are given out, and come back.
#include "mining/work_desk.hpp"

#include <gtest/gtest.h>

#include "ledger/codec.hpp"
#include "mining/block_search.hpp"
#include "mining/block_verdict.hpp"
#include "mining/limits.hpp"
#include "tests/support/fake_node.hpp"

namespace bezant::test {
namespace {

using mining::BlockVerdict;
using mining::BlockWork;
using mining::Extranonce;
using mining::Solution;
using mining::WorkDesk;

class Work : public testing::Test {
protected:
    void pay(std::uint32_t coin) {
        node.handle(
            PaymentSubmitted{node.add_transaction(node.payment(node.coin(coin), node.miner))});
    }
    [[nodiscard]] std::uint32_t height() const { return node.participant().chain().height().value; }
    /// A nonce for this extranonce.
    static Solution solve(const BlockWork& work, const Extranonce& extranonce) {
        Solution solution{.extranonce = extranonce, .time = work.block().header.time, .nonce = 0};
        BlockHeader header = work.header_with(solution);
        mine(header);
        solution.nonce = header.nonce;
        return solution;
    }
    static Extranonce extranonce(Byte number) {
        Extranonce all{};
        all.fill(number);
        return all;
    }

    FakeNode node;
    WorkDesk desk{node};
};

TEST_F(Work, ComesBackAsABlockWithAnyExtranonce) {
    for (std::uint32_t coin = 0; coin < 6; ++coin) pay(coin);
    const auto work = desk.current().work;
    ASSERT_EQ(work->block().transactions.size(), 7U);
    const Solution solution = solve(*work, extranonce(0xab));
    const Block block = work->block_with(solution);
    EXPECT_EQ(merkle_root(block), work->header_with(solution).merkle_root);
    EXPECT_EQ(block.transactions.front(), work->coinbase_with(extranonce(0xab)));
    EXPECT_EQ(mining::submit(node, block).kind, BlockVerdict::Kind::taken);
    EXPECT_EQ(height(), 1U);
}

TEST_F(Work, ItsCoinbaseIsTheBytesBeforeTheExtranonceAndBehindIt) {
    const auto work = desk.current().work;
    Bytes joined{work->before_extranonce().begin(), work->before_extranonce().end()};
    const Extranonce middle = extranonce(7);
    joined.insert(joined.end(), middle.begin(), middle.end());
    joined.insert(joined.end(), work->behind_extranonce().begin(), work->behind_extranonce().end());
    EXPECT_EQ(joined, encoded(work->coinbase_with(middle)));
}

TEST_F(Work, StaysForAWhileAndThenTakesInWhatIsNew) {
    const std::uint64_t first = desk.current().number;
    pay(0);
    EXPECT_EQ(desk.current().number, first);
    node.wait(mining::work_age_max);
    EXPECT_NE(desk.current().number, first);
    EXPECT_EQ(desk.current().work->block().transactions.size(), 2U);
    EXPECT_NE(desk.find(first), nullptr) << "what was given out before still counts";
}

TEST_F(Work, IsMadeAnewWhenTheClockIsSetBack) {
    const std::uint64_t first = desk.current().number;
    node.wait(seconds(-3'600));
    EXPECT_NE(desk.current().number, first);
}

TEST_F(Work, OfAnotherTipIsForgotten) {
    const std::uint64_t first = desk.current().number;
    node.extend();
    EXPECT_EQ(desk.find(first), nullptr);
    const auto& next = desk.current();
    EXPECT_GT(next.number, first) << "a number is never used again";
    EXPECT_EQ(next.work->block().header.previous,
              node.archive().blocks()[node.participant().chain().tip()].hash);
}

TEST_F(Work, OnlyTheLastOnesAreRemembered) {
    const std::uint64_t first = desk.renew().number;
    for (std::size_t i = 1; i < mining::works_max; ++i) (void)desk.renew();
    EXPECT_NE(desk.find(first), nullptr);
    (void)desk.renew();
    EXPECT_EQ(desk.find(first), nullptr);
    EXPECT_NE(desk.find(first + 1), nullptr);
}

TEST_F(Work, SaysTheLowestTimeThatTheRulesAllow) {
    Solution solution = solve(*desk.current().work, {});
    const auto submit_at = [&](std::uint32_t time) {
        Block block = desk.current().work->block_with(solution);
        block.header.time = time;
        mine(block.header);
        return mining::submit(node, block);
    };
    const std::uint32_t lowest = desk.current().work->time_min();
    EXPECT_EQ(submit_at(lowest - 1).rejection->reason, Reason::time_too_early);
    EXPECT_EQ(submit_at(lowest).kind, BlockVerdict::Kind::taken);
}

TEST_F(Work, VerdictsTellRivalsAndKnownBlocksApart) {
    const Block first = desk.current().work->block_with(solve(*desk.current().work, {}));
    const Block rival = desk.current().work->block_with(solve(*desk.current().work, extranonce(1)));
    EXPECT_EQ(mining::submit(node, first).kind, BlockVerdict::Kind::taken);
    EXPECT_EQ(mining::submit(node, first).kind, BlockVerdict::Kind::known);
    EXPECT_EQ(mining::submit(node, rival).kind, BlockVerdict::Kind::rival);
    Block bad = rival;
    bad.header.previous = {};
    mine(bad.header);
    const BlockVerdict verdict = mining::submit(node, bad);
    EXPECT_EQ(verdict.kind, BlockVerdict::Kind::refused);
    EXPECT_EQ(verdict.rejection->reason, Reason::unknown_parent);
    EXPECT_TRUE(node.listeners.empty()) << "nobody goes on listening";
}

TEST_F(Work, ASearchFindsBlocksOnTheTipOfTheMoment) {
    mining::BlockSearch search{node, node.miner.owner, 1'000};
    for (std::uint32_t i = 1; i <= 3; ++i) {
        const auto found = search.step();
        ASSERT_TRUE(found) << "the target is an easy one";
        EXPECT_EQ(found->transactions.front().outputs.front().owner, node.miner.owner);
        EXPECT_EQ(mining::submit(node, *found).kind, BlockVerdict::Kind::taken);
        EXPECT_EQ(height(), 2 * i - 1);
        node.extend();
    }
}

TEST_F(Work, ASearchEndsAfterSoManyTries) {
    mining::BlockSearch search{node, node.miner.owner, 1};
    std::size_t found = 0;
    while (!search.is_exhausted()) found += search.step() ? 1U : 0U;
    EXPECT_LE(found, 1U);
    EXPECT_FALSE(search.step());
}

}  // namespace
}  // namespace bezant::test
