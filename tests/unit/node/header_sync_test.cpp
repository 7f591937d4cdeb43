// SPDX-License-Identifier: Apache-2.0
// Learning headers: who is asked, when, and how often; what is told to who asks.
#include <gtest/gtest.h>

#include "node/limits.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class HeaderSync : public testing::Test {
protected:
    std::string dropped_for() {
        const auto dropped = network.effects(0).of_kind("peer_dropped");
        return dropped.empty() ? "" : dropped.back().detail;
    }
    /// Headers alone, cheaper than whole blocks: nobody can be given their bodies.
    std::vector<BlockIndex> headers_on(BlockIndex parent, std::size_t count) {
        std::vector<BlockIndex> headers;
        for (; headers.size() < count; parent = headers.back()) {
            const BlockNode& node = network.archive().blocks()[parent];
            BlockHeader header{.version = 1,
                               .previous = node.hash,
                               .merkle_root = {},
                               .time = node.header.time + 1,
                               .target = node.header.target,
                               .nonce = ++nonce};
            headers.push_back(network.archive().add_header(header).value());
        }
        return headers;
    }
    bool knows(BlockIndex block) { return network[0].chain().has_header(block); }

    TestNetwork network{1};
    std::uint32_t nonce = 0;
};

TEST_F(HeaderSync, AFullBatchIsFollowedByTheNextQuestion) {
    const auto headers = headers_on(genesis_index, headers_per_message_max + 5);
    const auto stranger = network.stranger(0);
    const auto middle = headers.begin() + headers_per_message_max;
    network.says(*stranger, Headers{.headers = {headers.begin(), middle}});
    ASSERT_EQ(stranger->heard<GetHeaders>().size(), 2U);
    EXPECT_EQ(stranger->heard<GetHeaders>()[1].locator.front(), *(middle - 1));
    network.says(*stranger, Headers{.headers = {middle, headers.end()}});
    EXPECT_TRUE(knows(headers.back()));
    EXPECT_EQ(stranger->heard<GetHeaders>().size(), 2U) << "a batch that is not full is the last";
}

TEST_F(HeaderSync, OneNeighbourAloneIsAskedWhileFarBehind) {
    const auto headers = headers_on(genesis_index, headers_per_message_max + 1);
    const Height height{headers_per_message_max + 1};
    const auto first = network.stranger(0, true, height);
    const auto second = network.stranger(0, true, height);
    EXPECT_EQ(first->heard<GetHeaders>().size(), 1U);
    EXPECT_EQ(second->heard<GetHeaders>().size(), 0U);
    network.says(*first, Headers{.headers = {headers.begin(), headers.end() - 1}});
    EXPECT_EQ(second->heard<GetHeaders>().size(), 0U);
    network.says(*first, Headers{.headers = {headers.back()}});
    ASSERT_EQ(second->heard<GetHeaders>().size(), 1U);
    EXPECT_EQ(second->heard<GetHeaders>()[0].locator.front(), *(headers.end() - 2))
        << "from the best header's parent on";
}

TEST_F(HeaderSync, WhoDoesNotAnswerLosesTheLead) {
    const Height height{headers_per_message_max + 1};
    const auto silent = network.stranger(0, true, height);
    const auto second = network.stranger(0, true, height);
    network.run_for(seconds(21));
    EXPECT_EQ(second->heard<GetHeaders>().size(), 1U);
}

TEST_F(HeaderSync, WhoLeavesLosesTheLead) {
    const Height height{headers_per_message_max + 1};
    const auto first = network.stranger(0, true, height);
    const auto second = network.stranger(0, true, height);
    network.happen(0, PeerDisconnected{.peer = first->seen_as});
    EXPECT_EQ(second->heard<GetHeaders>().size(), 1U);
}

TEST_F(HeaderSync, WithholdingHeadersIsFoundOut) {
    const auto stranger = network.stranger(0);  // answers pings, and nothing else
    const auto headers = headers_on(genesis_index, 3);
    network.run_for(seconds(30));
    EXPECT_EQ(stranger->heard<Ping>().size(), 1U) << "the answer is overdue";
    EXPECT_TRUE(stranger->connected) << "once may be forgiven";
    network.says(*stranger, Headers{.headers = {headers[2]}});
    network.run_for(seconds(30));
    EXPECT_FALSE(stranger->connected);
    EXPECT_EQ(dropped_for(), "withheld_data");
}

TEST_F(HeaderSync, WhoIsCutOffForLongIsNotBlamed) {
    const auto stranger = network.stranger(0);
    stranger->answers_pings = false;
    network.run_for(seconds(600));
    ASSERT_EQ(stranger->heard<Ping>().size(), 1U);
    // At last all comes through, in order.
    network.says(*stranger, Headers{.headers = headers_on(genesis_index, 3)});
    network.says(*stranger, Pong{.nonce = stranger->heard<Ping>()[0].nonce});
    EXPECT_TRUE(stranger->connected);
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(HeaderSync, HeadersThatLeadNowhereAreAskedAfter) {
    const auto headers = headers_on(genesis_index, 5);
    const auto stranger = network.stranger(0);
    network.says(*stranger, Headers{});
    network.says(*stranger, Headers{.headers = {headers[4]}});
    EXPECT_FALSE(knows(headers[4]));
    ASSERT_EQ(stranger->heard<GetHeaders>().size(), 2U);
    network.says(*stranger, Headers{.headers = headers});
    EXPECT_TRUE(knows(headers[4]));
}

TEST_F(HeaderSync, HeadersThatLeadNowhereAgainAndAgainAreMisconduct) {
    const auto stranger = network.stranger(0);
    const auto orphan = headers_on(genesis_index, 2).back();
    const auto say_so_often = [&](std::uint32_t times) {
        for (; times > 0; --times) network.says(*stranger, Headers{.headers = {orphan}});
    };
    say_so_often(unconnected_headers_max);
    network.says(*stranger, Headers{});  // what connects clears the record
    say_so_often(unconnected_headers_max - 1);
    BlockHeader unknown;
    unknown.previous.bytes.fill(0xff);
    network.says(*stranger, NewHeaders{.headers = {unknown}});
    EXPECT_TRUE(stranger->connected);
    EXPECT_EQ(stranger->heard<GetHeaders>().size(), 2U) << "one question at a time";
    say_so_often(1);
    EXPECT_EQ(dropped_for(), "unconnected_headers");
}

TEST_F(HeaderSync, AnInvalidHeaderIsNamedAndItsSenderDropped) {
    const BlockHeader genesis = network.archive().parameters().genesis.header;
    BlockHeader header{.version = 1,
                       .previous = network.archive().parameters().genesis_hash,
                       .merkle_root = {},
                       .time = genesis.time,  // not above the median of those before
                       .target = genesis.target,
                       .nonce = 0};
    const BlockIndex bad = network.archive().add_header(header).value();
    const auto stranger = network.stranger(0);
    network.says(*stranger, Headers{.headers = {bad}});
    EXPECT_FALSE(stranger->connected);
    EXPECT_EQ(dropped_for(), "invalid_header");
    ASSERT_EQ(network.effects(0).of_kind("block_refused").size(), 1U);
    EXPECT_EQ(network.effects(0).of_kind("block_refused")[0].detail, "time_too_early");
}

TEST_F(HeaderSync, HeadersThatAreNoChainAreMalformed) {
    const auto one = headers_on(genesis_index, 1);
    const auto other = headers_on(genesis_index, 1);
    const auto stranger = network.stranger(0);
    network.says(*stranger, Headers{.headers = {one[0], other[0]}});
    EXPECT_EQ(dropped_for(), "malformed_message");
}

TEST_F(HeaderSync, TooManyHeadersAreTooMany) {
    const auto headers = headers_on(genesis_index, headers_per_message_max + 1);
    const auto stranger = network.stranger(0);
    network.says(*stranger, Headers{.headers = headers});
    EXPECT_EQ(dropped_for(), "too_large_message");
    EXPECT_FALSE(knows(headers[0]));
}

TEST_F(HeaderSync, AHeaderFromTheFutureIsNoMisconductAndComesInItsTime) {
    const auto stranger = network.stranger(0);
    network.says(*stranger, Headers{});
    const std::int64_t ahead = network.archive().parameters().future_seconds_max + 60;
    BlockHeader header{.version = 1,
                       .previous = network.archive().parameters().genesis_hash,
                       .merkle_root = {},
                       .time = static_cast<std::uint32_t>(unix_seconds(network.now()) + ahead),
                       .target = network.archive().parameters().target_limit,
                       .nonce = 0};
    const BlockIndex early = network.archive().add_header(header).value();
    network.says(*stranger, Headers{.headers = {early}});
    EXPECT_TRUE(stranger->connected);
    EXPECT_FALSE(knows(early));
    network.run_for(seconds(50));
    EXPECT_EQ(stranger->heard<GetHeaders>().size(), 1U);
    network.run_for(seconds(50));
    ASSERT_EQ(stranger->heard<GetHeaders>().size(), 2U) << "its time has come";
    network.says(*stranger, Headers{.headers = {early}});
    EXPECT_TRUE(knows(early));
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(HeaderSync, WhoAsksIsToldWhatComesAfterWhatHeKnows) {
    std::vector<BlockIndex> mined;
    for (int i = 0; i < 5; ++i) mined.push_back(network.mine(0));
    const auto stranger = network.stranger(0);
    network.says(*stranger, GetHeaders{.locator = {mined[2], mined[1], genesis_index}});
    ASSERT_EQ(stranger->heard<Headers>().size(), 1U);
    EXPECT_EQ(stranger->heard<Headers>()[0].headers, (std::vector{mined[3], mined[4]}));
}

TEST_F(HeaderSync, WhoIsOnAnotherBranchIsToldFromTheForkOn) {
    const std::vector<BlockIndex> ours{network.mine(0), network.mine(0)};
    const auto theirs = headers_on(ours[0], 3);
    const auto stranger = network.stranger(0);
    network.says(*stranger, GetHeaders{.locator = {theirs[2], theirs[0], ours[0], genesis_index}});
    ASSERT_EQ(stranger->heard<Headers>().size(), 1U);
    EXPECT_EQ(stranger->heard<Headers>()[0].headers, (std::vector{ours[1]}));
}

TEST_F(HeaderSync, WhoIsUpToDateGetsAnEmptyAnswer) {
    const BlockIndex tip = network.mine(0);
    const auto stranger = network.stranger(0);
    network.says(*stranger, GetHeaders{.locator = {tip, genesis_index}});
    ASSERT_EQ(stranger->heard<Headers>().size(), 1U);
    EXPECT_TRUE(stranger->heard<Headers>()[0].headers.empty());
}

TEST_F(HeaderSync, ALocatorIsNotTooLong) {
    const auto stranger = network.stranger(0);
    network.says(*stranger,
                 GetHeaders{.locator = std::vector(locator_entries_max + 1, genesis_index)});
    EXPECT_EQ(dropped_for(), "too_large_message");
}

TEST_F(HeaderSync, AskingForTheSameHeadersForEverIsFlooding) {
    for (int i = 0; i < 50; ++i) network.mine(0);
    const auto stranger = network.stranger(0);
    for (int i = 0; i < 150; ++i) {
        network.says(*stranger, GetHeaders{.locator = {genesis_index}});
        ASSERT_TRUE(stranger->connected) << i;
    }
    for (int i = 0; i < 150; ++i) network.says(*stranger, GetHeaders{.locator = {genesis_index}});
    EXPECT_EQ(dropped_for(), "flooding");
}

}  // namespace
}  // namespace bezant::test
