// SPDX-License-Identifier: Apache-2.0
#include "ledger/block.hpp"

#include <gtest/gtest.h>

#include <bit>

#include "ledger/codec.hpp"
#include "tests/unit/ledger/random_ledger.hpp"

namespace bezant {
namespace {

// The obvious twin: the left subtree is the largest full one (as in RFC 6962, section 2.1), which
// is what promoting odd nodes comes to.
Hash256 slow_root(std::span<const FullTransactionId> ids) {
    if (ids.size() == 1) return {ids[0].bytes};
    const std::size_t left = std::bit_floor(ids.size() - 1);
    Bytes both;
    Encoder out{both};
    out.raw(slow_root(ids.first(left)).view());
    out.raw(slow_root(ids.subspan(left)).view());
    return double_sha256(both);
}

std::vector<FullTransactionId> random_ids(std::size_t count) {
    Random random{count};
    std::vector<FullTransactionId> ids;
    for (std::size_t i = 0; i < count; ++i) {
        ids.push_back(random_fixed<FullTransactionId>(random));
    }
    return ids;
}

TEST(MerkleRoot, EqualsThatOfTheObviousTree) {
    for (std::size_t count = 1; count < 70; ++count) {
        const auto ids = random_ids(count);
        ASSERT_EQ(merkle_root(ids).bytes, slow_root(ids).bytes) << count;
    }
}

TEST(MerkleRoot, OfNothingIsZeroAndOfOneTheOne) {
    EXPECT_TRUE(merkle_root(std::span<const FullTransactionId>{}).is_zero());
    const auto ids = random_ids(1);
    EXPECT_EQ(merkle_root(ids).bytes, ids[0].bytes);
}

// CVE-2012-2459: in Bitcoin, lists 1 2 3 and 1 2 3 3 have one root.
TEST(MerkleRoot, OfAListWithItsEndDoubledIsAnother) {
    for (std::size_t count = 1; count < 20; ++count) {
        const auto ids = random_ids(count);
        for (std::size_t tail = 1; tail <= count; ++tail) {
            auto doubled = ids;
            doubled.insert(doubled.end(), ids.end() - static_cast<std::ptrdiff_t>(tail), ids.end());
            ASSERT_NE(merkle_root(doubled), merkle_root(ids)) << count << " and " << tail;
        }
    }
}

TEST(MerkleRoot, DependsOnEveryIdAndTheirOrder) {
    const auto ids = random_ids(7);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto other = ids;
        other[i].bytes[0] ^= 1;
        EXPECT_NE(merkle_root(other), merkle_root(ids));
        other = ids;
        std::swap(other[i], other[(i + 1) % ids.size()]);
        EXPECT_NE(merkle_root(other), merkle_root(ids));
    }
}

TEST(MerkleRoot, OfABlockCoversFullIds) {
    Random random{1};
    Block block;
    for (int i = 0; i < 5; ++i) block.transactions.push_back(random_transaction(random, 1, 1));
    std::vector<FullTransactionId> ids;
    for (const Transaction& each : block.transactions) ids.push_back(full_transaction_id(each));
    EXPECT_EQ(merkle_root(block), merkle_root(ids));
    EXPECT_EQ(payments_merkle_root(block), merkle_root(std::span{ids}.subspan(1)));
}

TEST(MerkleRoot, OfNoPaymentsIsZero) {
    Block block;
    EXPECT_TRUE(payments_merkle_root(block).is_zero());
    block.transactions.emplace_back();
    EXPECT_TRUE(payments_merkle_root(block).is_zero());
    EXPECT_FALSE(merkle_root(block).is_zero());
}

TEST(BlockHash, DependsOnEveryByteOfTheHeader) {
    Random random{2};
    const BlockHeader header = random_header(random);
    const Bytes bytes = encoded(header);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        Bytes other = bytes;
        other[i] ^= 1;
        ASSERT_NE(block_hash(header_from_bytes(other).value()), block_hash(header)) << i;
    }
}

}  // namespace
}  // namespace bezant
