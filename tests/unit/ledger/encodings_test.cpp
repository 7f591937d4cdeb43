// SPDX-License-Identifier: Apache-2.0
// Properties that the encodings of headers, transactions and blocks share.
#include <gtest/gtest.h>

#include "ledger/codec.hpp"
#include "tests/unit/ledger/random_ledger.hpp"

namespace bezant {
namespace {

Result<BlockHeader, DecodeError> from_bytes(const BlockHeader&, ByteView bytes) {
    return header_from_bytes(bytes);
}
Result<Transaction, DecodeError> from_bytes(const Transaction&, ByteView bytes) {
    return transaction_from_bytes(bytes);
}
Result<Block, DecodeError> from_bytes(const Block&, ByteView bytes) {
    return block_from_bytes(bytes);
}

template <class Value>
void expect_one_to_one(const Value& value) {
    Bytes bytes = encoded(value);
    ASSERT_EQ(from_bytes(value, bytes).value(), value);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        ASSERT_FALSE(from_bytes(value, ByteView{bytes}.first(size))) << "cut to " << size;
    }
    bytes.push_back(0);
    const auto longer = from_bytes(value, bytes);
    ASSERT_FALSE(longer);
    ASSERT_EQ(longer.error().reason, DecodeReason::trailing_bytes);
    ASSERT_EQ(longer.error().offset, bytes.size() - 1);
}

TEST(Encodings, AreReadBackAndNeitherCutNorExtended) {
    Random random{1};
    for (int i = 0; i < 50; ++i) {
        expect_one_to_one(random_header(random));
        expect_one_to_one(random_transaction(random));
        expect_one_to_one(random_block(random));
    }
}

TEST(Encodings, OfManyThingsAreReadBack) {
    Random random{2};
    for (const std::size_t count : {252U, 253U, 300U}) {
        const Transaction transaction = random_transaction(random, count, count);
        EXPECT_EQ(transaction_from_bytes(encoded(transaction)).value(), transaction);
        EXPECT_EQ(encoded(transaction).size(), encoded_size(transaction));
        Block block;
        block.transactions.assign(count, random_transaction(random));
        EXPECT_EQ(block_from_bytes(encoded(block)).value(), block);
        EXPECT_EQ(encoded(block).size(), encoded_size(block));
    }
}

TEST(Encodings, HaveTheLengthThatIsForetold) {
    Random random{3};
    for (int i = 0; i < 200; ++i) {
        const Block block = random_block(random);
        ASSERT_EQ(encoded(block).size(), encoded_size(block));
        ASSERT_EQ(encoded(block.header).size(), header_bytes);
        for (const Transaction& each : block.transactions) {
            ASSERT_EQ(encoded(each).size(), encoded_size(each));
        }
    }
    EXPECT_EQ(encoded_size(Transaction{}), transaction_bytes_min);
}

// Bytes with one of them changed are another value's encoding, or none: there is one way to write
// each value.
TEST(Encodings, AreTheOnlyOnes) {
    Random random{4};
    const Bytes bytes = encoded(random_block(random));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (int change = 0; change < 8; ++change) {
            Bytes other = bytes;
            other[i] = static_cast<Byte>(random.next());
            const auto block = block_from_bytes(other);
            ASSERT_TRUE(!block || encoded(*block) == other) << i;
        }
    }
}

// No leaf of a merkle tree can be taken for an inner node, which is 64 bytes long.
TEST(Encodings, NoTransactionIs64BytesLong) {
    Random random{5};
    for (std::size_t inputs = 0; inputs < 3; ++inputs) {
        for (std::size_t outputs = 0; outputs < 4; ++outputs) {
            EXPECT_NE(encoded_size(random_transaction(random, inputs, outputs)), 64U);
        }
    }
}

TEST(Encodings, WithoutSignaturesLackNothingElse) {
    Random random{6};
    const Transaction transaction = random_transaction(random, 2, 3);
    Bytes bytes;
    Encoder out{bytes};
    encode_without_signatures(out, transaction);
    Bytes expected = encoded(transaction);
    const auto begin = expected.begin();
    expected.erase(begin + 5 + 132 + 68, begin + 5 + 132 + 132);  // the second signature
    expected.erase(begin + 5 + 68, begin + 5 + 132);
    EXPECT_EQ(bytes, expected);
}

TEST(Encodings, HugeCountsAreRefused) {
    Bytes transaction = encoded(Transaction{});
    transaction.insert(transaction.begin() + 4, {0xfe, 0xff, 0xff, 0xff});  // inputs
    const auto refusal = transaction_from_bytes(transaction);
    ASSERT_FALSE(refusal);
    EXPECT_EQ(refusal.error().reason, DecodeReason::too_many);
    EXPECT_EQ(refusal.error().field, "input count");
    EXPECT_EQ(refusal.error().offset, 4U);

    Bytes block = encoded(Block{});
    block.back() = 0xff;
    block.insert(block.end(), 8, 0xff);
    EXPECT_EQ(block_from_bytes(block).error().reason, DecodeReason::too_many);
    EXPECT_EQ(block_from_bytes(block).error().field, "transaction count");
}

TEST(Encodings, OfBlocksStopAtTheFirstTransactionThatIsNone) {
    Random random{7};
    Block block;
    block.transactions.assign(3, random_transaction(random, 1, 1));
    Bytes bytes = encoded(block);
    const std::size_t second = header_bytes + 1 + encoded_size(block.transactions[0]);
    bytes[second + 4] = 0xfc;  // inputs
    const auto refusal = block_from_bytes(bytes);
    ASSERT_FALSE(refusal);
    EXPECT_EQ(refusal.error().offset, second + 4);
    EXPECT_EQ(refusal.error().reason, DecodeReason::too_many);
}

}  // namespace
}  // namespace bezant
