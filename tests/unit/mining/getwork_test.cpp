// SPDX-License-Identifier: Apache-2.0
#include "mining/getwork.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/hex.hpp"
#include "ledger/codec.hpp"
#include "mining/limits.hpp"
#include "tests/support/fake_node.hpp"

namespace bezant::test {
namespace {

using mining::GetworkDesk;

class Getwork : public testing::Test {
protected:
    FakeNode node;
    GetworkDesk desk{node};
};

TEST_F(Getwork, GivesEachCallAHeaderOfItsOwn) {
    std::set<MerkleRoot> roots;
    for (int i = 0; i < 100; ++i) roots.insert(desk.give_out().header.merkle_root);
    EXPECT_EQ(roots.size(), 100U);
}

TEST_F(Getwork, KnowsTheBlockOfAHeaderAgain) {
    BlockHeader header = desk.give_out().header;
    (void)desk.give_out();
    header.time += 5;
    mine(header);
    const auto block = desk.find(header);
    ASSERT_TRUE(block);
    EXPECT_EQ(block->header, header);
    EXPECT_EQ(merkle_root(*block), header.merkle_root);
}

TEST_F(Getwork, KnowsNoHeaderOfSomebodyElseOrOfAnotherTip) {
    BlockHeader header = desk.give_out().header;
    BlockHeader other = header;
    other.merkle_root.bytes[0] ^= 1;
    EXPECT_FALSE(desk.find(other));
    EXPECT_TRUE(desk.find(header));
    node.extend();
    EXPECT_FALSE(desk.find(header));
}

TEST_F(Getwork, RemembersTheLastOnes) {
    const BlockHeader first = desk.give_out().header;
    for (std::size_t i = 1; i < mining::getworks_max; ++i) (void)desk.give_out();
    EXPECT_TRUE(desk.find(first));
    (void)desk.give_out();
    EXPECT_FALSE(desk.find(first));
}

TEST_F(Getwork, FramesAreReadBackWhateverTheirPadding) {
    const BlockHeader header = desk.give_out().header;
    auto data = mining::getwork_data(header);
    EXPECT_EQ(mining::header_in_getwork_data(data), header);
    std::fill(data.begin() + header_bytes, data.end(), Byte{0x55});
    EXPECT_EQ(mining::header_in_getwork_data(data), header);
    EXPECT_FALSE(mining::header_in_getwork_data(ByteView{data}.first(127)));
    EXPECT_FALSE(mining::header_in_getwork_data({}));
}

/// SHA-256 of such data, with its words turned round, begins as it does of the header.
TEST_F(Getwork, PaddingIsThatOfSha256) {
    const auto data = mining::getwork_data(desk.give_out().header);
    const std::string padding = to_hex(ByteView{data}.subspan(header_bytes));
    EXPECT_EQ(padding, "00000080" + std::string(80, '0') + "80020000");
}

}  // namespace
}  // namespace bezant::test
