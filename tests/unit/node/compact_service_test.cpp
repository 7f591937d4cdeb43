// SPDX-License-Identifier: Apache-2.0
// What a participant that relays compact blocks gives to whom, and what is asked of it in vain.
#include "node/limits.hpp"
#include "tests/unit/node/compact_relay.hpp"

namespace bezant::test {
namespace {

using CompactService = CompactRelay;

TEST_F(CompactService, ServesNewBlocksCompactAndOldOnesWhole) {
    const BlockIndex old = network.mine(0);
    for (std::uint32_t i = 0; i < compact_depth_max; ++i) network.mine(0);
    const auto stranger = reader();
    network.says(*stranger, GetCompactBlock{.block = old});
    ASSERT_EQ(stranger->heard<CompactBlock>().size(), 1U);
    network.mine(0);
    network.says(*stranger, GetCompactBlock{.block = old});
    EXPECT_EQ(stranger->heard<CompactBlock>().size(), 1U);
    EXPECT_EQ(stranger->heard<BlockMessage>(), std::vector{BlockMessage{.block = old}});
}

TEST_F(CompactService, ServesMissingTransactionsOfNewBlocksAndOldOnesWhole) {
    held_payment(0);
    const BlockIndex block = network.mine(0);
    const auto coinbase = network.archive().assemble(block).transactions[0];
    for (std::uint32_t i = 0; i < missing_transactions_depth_max; ++i) network.mine(0);
    const auto stranger = reader();
    network.says(*stranger, GetMissingTransactions{.block = block, .positions = {0, 1}});
    ASSERT_EQ(stranger->heard<MissingTransactions>().size(), 1U);
    EXPECT_EQ(stranger->heard<MissingTransactions>()[0].transactions,
              (std::vector{coinbase, unknown_payment(0)}));
    network.mine(0);
    network.says(*stranger, GetMissingTransactions{.block = block, .positions = {1}});
    EXPECT_EQ(stranger->heard<MissingTransactions>().size(), 1U);
    EXPECT_EQ(stranger->heard<BlockMessage>().size(), 1U);
}

TEST_F(CompactService, PositionsThatABlockHasNotAreLies) {
    const BlockIndex block = network.mine(0);
    for (const std::vector<std::uint32_t>& positions :
         std::vector<std::vector<std::uint32_t>>{{}, {1}, {0, 0}}) {
        const auto stranger = reader();
        network.says(*stranger, GetMissingTransactions{.block = block, .positions = positions});
        EXPECT_FALSE(stranger->connected);
        EXPECT_EQ(dropped_for(), "malformed_message");
    }
}

TEST_F(CompactService, BlocksThatWereNeverToldOfAreNotAskedFor) {
    const BlockIndex unknown = block_of({});
    const auto stranger = reader();
    for (int i = 0; i < 3; ++i) network.says(*stranger, GetCompactBlock{.block = unknown});
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(stranger->connected);
        network.says(*stranger, GetMissingTransactions{.block = unknown, .positions = {0}});
    }
    EXPECT_EQ(dropped_for(), "unexpected_message");
}

TEST_F(CompactService, AskingForTheSameForEverIsFlooding) {
    const BlockIndex tip = network.mine(0);
    const auto stranger = reader();
    for (std::uint64_t i = 0; i < service_slack + 2 * service_factor; ++i)
        network.says(*stranger, GetCompactBlock{.block = tip});
    EXPECT_TRUE(stranger->connected);
    network.says(*stranger, GetMissingTransactions{.block = tip, .positions = {0}});
    EXPECT_EQ(dropped_for(), "flooding");
}

}  // namespace
}  // namespace bezant::test
