// SPDX-License-Identifier: Apache-2.0
#include "sim/measurement.hpp"

#include <gtest/gtest.h>

#include "node/compact_block.hpp"
#include "node/message_codec.hpp"
#include "tests/unit/sim/test_ledger.hpp"

namespace bezant::sim {
namespace {

using test::TestLedger;

constexpr Time start{1'767'225'600'000'000};

class MeasurementTest : public testing::Test {
protected:
    void mine(ParticipantId who, BlockIndex block, Time at) {
        measurement.noticed(who, BlockMined{block}, at);
        take(who, block, at);
    }
    void take(ParticipantId who, BlockIndex block, Time at) {
        const TipChange change{.from = ledger.archive.blocks()[block].parent,
                               .to = block,
                               .disconnected = {},
                               .connected = {block},
                               .refused = {}};
        const PoolChange pool;
        measurement.noticed(who, TipMoved{change, pool}, at);
    }

    TestLedger ledger;
    Measurement measurement{ledger.archive, TestLedger::participants};
};

TEST_F(MeasurementTest, TimesHowABlockSpreads) {
    const BlockIndex block = ledger.add_good_block(genesis_index);
    mine(1, block, start);
    measurement.arriving(1, 0, BlockMessage{block}, 300);
    take(0, block, start + milliseconds(20));
    measurement.arriving(0, 2, BlockMessage{block}, 300);
    measurement.arriving(1, 2, BlockMessage{block}, 300);
    take(2, block, start + milliseconds(50));
    take(2, block, start + milliseconds(70));
    const BlockHistory* history = measurement.history(block);
    ASSERT_NE(history, nullptr);
    EXPECT_EQ(history->miner, ParticipantId{1});
    EXPECT_EQ(history->mined, start);
    EXPECT_EQ(history->reached[1], Duration{});
    EXPECT_EQ(history->reached[0], milliseconds(20));
    EXPECT_EQ(history->reached[2], milliseconds(50));
    EXPECT_EQ(history->hops, (std::vector<std::uint32_t>{1, 0, 2}));
    const Quantiles times = measurement.propagation(block);
    EXPECT_EQ(times.count(), 2U);
    EXPECT_EQ(times.at(one_million), Duration{49'984});  // rounded down to its class
    EXPECT_EQ(measurement.message_bytes(), 900U);
}

TEST_F(MeasurementTest, LeavesStaleBlocksOut) {
    const BlockIndex good = ledger.add_good_block(genesis_index);
    const BlockIndex stale = ledger.add_good_block(genesis_index);
    mine(0, good, start);
    mine(1, stale, start);
    measurement.noticed(2, BlockLeftStale{stale}, start + seconds(1));
    EXPECT_EQ(measurement.history(stale)->reached[2], seconds(1));
    EXPECT_EQ(measurement.propagation(good).count(), 0U);
    EXPECT_EQ(measurement.propagation(stale).count(), 1U);
    EXPECT_EQ(measurement.blocks_mined(), 2U);
}

TEST_F(MeasurementTest, LetsGoOfWhoHadABuriedBlockWhenButNotOfTheTimes) {
    const BlockIndex first = ledger.add_good_block(genesis_index);
    mine(0, first, start);
    take(1, first, start + milliseconds(1));
    BlockIndex tip = first;
    for (std::uint32_t i = 0; i < Measurement::buried_depth; ++i) {
        EXPECT_FALSE(measurement.history(first)->reached.empty());
        tip = ledger.add_good_block(tip);
        mine(0, tip, start + seconds(i));
    }
    EXPECT_TRUE(measurement.history(first)->reached.empty());
    EXPECT_TRUE(measurement.history(first)->hops.empty());
    EXPECT_EQ(measurement.history(first)->miner, ParticipantId{0});
    take(2, first, start + seconds(5'000));
    measurement.arriving(0, 2, BlockMessage{first}, 1);
    EXPECT_EQ(measurement.propagation(tip).count(), 1U);
}

TEST_F(MeasurementTest, CountsByReasonMostOftenFirst) {
    const Rejection overclaims{.reason = Reason::coinbase_overclaims,
                               .got = {},
                               .expected = {},
                               .transaction = {},
                               .input = {}};
    const Refusal conflict = Conflict{};
    const TransactionIndex payment = ledger.archive.add_transaction(ledger.payment(1, 2));
    measurement.noticed(0, BlockRefused{std::nullopt, genesis_index, overclaims}, start);
    EXPECT_FALSE(measurement.was_turned_down(payment));
    for (int i = 0; i < 2; ++i) {
        measurement.noticed(1, PaymentRefused{std::nullopt, payment, conflict}, start);
    }
    EXPECT_TRUE(measurement.was_turned_down(payment));
    const std::vector<Count> expected{{"conflict", 2}, {"coinbase_overclaims", 1}};
    EXPECT_EQ(measurement.rejections(), expected);
    measurement.noticed(1, PeerDropped{PeerId{1}, Misconduct::flooding}, start);
    EXPECT_EQ(measurement.dropped_peers(), (std::vector<Count>{{"flooding", 1}}));
}

TEST_F(MeasurementTest, CountsMessagesByKind) {
    measurement.arriving(0, 1, Ping{1}, 9);
    measurement.arriving(0, 1, Ping{2}, 9);
    measurement.arriving(1, 0, Inventory{}, 2);
    const std::vector<Count> expected{{"ping", 2}, {"inventory", 1}};
    EXPECT_EQ(measurement.messages(), expected);
    EXPECT_EQ(measurement.message_bytes(), 20U);
}

TEST_F(MeasurementTest, CountsOfCompactBlocksTheFirstThatComesToEachReceiver) {
    const BlockIndex block = ledger.add_good_block(genesis_index, {ledger.payment(1, 2)});
    const CompactBlock compact = make_compact_block(ledger.archive, block, 1);
    const std::size_t whole = encoded_size(BlockMessage{block}, ledger.archive);
    mine(1, block, start);
    measurement.arriving(1, 0, compact, 90);
    take(0, block, start + milliseconds(20));
    measurement.arriving(1, 2, compact, 90);
    measurement.arriving(0, 2, compact, 91);  // is there, and waits for what is lacking
    measurement.arriving(2, 0, compact, 92);  // he has the block
    measurement.arriving(0, 1, compact, 93);  // he made it
    const CompactBlocks expected{
        .arrived = 5, .first = 2, .bytes = 456, .first_bytes = 180, .first_whole_bytes = 2 * whole};
    EXPECT_EQ(measurement.compact_blocks(), expected);
    EXPECT_EQ(expected.bytes_mean(), 90);
    EXPECT_EQ(expected.whole_bytes_mean(), static_cast<double>(whole));
}

TEST_F(MeasurementTest, CountsWhatReceiversOfCompactBlocksLacked) {
    const Transaction payment = ledger.payment(1, 2);
    const BlockIndex block = ledger.add_good_block(genesis_index, {payment});
    const CompactBlock compact = make_compact_block(ledger.archive, block, 1);
    const std::size_t whole = encoded_size(BlockMessage{block}, ledger.archive);
    mine(1, block, start);
    EXPECT_EQ(measurement.compact_blocks().failure_share(), 0);
    for (const ParticipantId who : {0U, 2U}) measurement.arriving(1, who, compact, 90);
    EXPECT_EQ(measurement.compact_blocks().failure_share(), 0);
    measurement.arriving(2, 1, GetMissingTransactions{block, {1}}, 40);
    measurement.arriving(1, 2, MissingTransactions{block, {payment}}, 200);
    const CompactBlocks counts = measurement.compact_blocks();
    EXPECT_EQ(counts.incomplete, 1U);
    EXPECT_EQ(counts.missing, 1U);
    EXPECT_EQ(counts.missing_bytes, 200U);
    EXPECT_EQ(counts.bytes, 180U);
    EXPECT_EQ(counts.failure_share(), 0.5);
    EXPECT_EQ(counts.missing_mean(), 1);
    EXPECT_EQ(counts.missing_share(), 200.0 / static_cast<double>(whole));
}

TEST_F(MeasurementTest, CountsBlocksThatComeWholeWhereACompactOneDidNotSuffice) {
    const BlockIndex block = ledger.add_good_block(genesis_index);
    const CompactBlock compact = make_compact_block(ledger.archive, block, 1);
    mine(1, block, start);
    measurement.arriving(1, 0, compact, 90);
    measurement.arriving(1, 2, BlockMessage{block}, 300);  // his first copy
    EXPECT_EQ(measurement.compact_blocks().fetched_whole, 0U);
    measurement.arriving(2, 0, BlockMessage{block}, 300);
    EXPECT_EQ(measurement.compact_blocks().fetched_whole, 1U);
    take(0, block, start);
    measurement.arriving(1, 0, BlockMessage{block}, 300);  // he has it
    EXPECT_EQ(measurement.compact_blocks().fetched_whole, 1U);
    EXPECT_EQ(measurement.compact_blocks().first, 1U);
}

}  // namespace
}  // namespace bezant::sim
