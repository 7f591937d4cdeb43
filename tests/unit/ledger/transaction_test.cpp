// SPDX-License-Identifier: Apache-2.0
#include "ledger/transaction.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "ledger/codec.hpp"
#include "tests/unit/ledger/random_ledger.hpp"

namespace bezant {
namespace {

struct Change {
    std::string_view name;
    std::function<void(Transaction&)> apply;
};

// One change of each field that an id covers.
std::vector<Change> changes_without_signatures() {
    return {
        {"version", [](Transaction& t) { ++t.version; }},
        {"previous", [](Transaction& t) { t.inputs[1].previous.transaction.bytes[31] ^= 1; }},
        {"index", [](Transaction& t) { ++t.inputs[1].previous.index; }},
        {"key", [](Transaction& t) { t.inputs[1].public_key.bytes[0] ^= 1; }},
        {"amount", [](Transaction& t) { ++t.outputs[1].amount.value; }},
        {"owner", [](Transaction& t) { t.outputs[1].owner.bytes[0] ^= 1; }},
        {"lock height", [](Transaction& t) { ++t.lock_height.value; }},
        {"one input less", [](Transaction& t) { t.inputs.pop_back(); }},
        {"one output less", [](Transaction& t) { t.outputs.pop_back(); }},
        {"order of inputs", [](Transaction& t) { std::swap(t.inputs[0], t.inputs[1]); }},
        {"order of outputs", [](Transaction& t) { std::swap(t.outputs[0], t.outputs[1]); }},
    };
}

class TransactionTest : public testing::Test {
protected:
    Random random{1};
    Transaction transaction = random_transaction(random, 2, 2);
    std::vector<Output> spent{random_output(random), random_output(random)};
    BlockHash genesis = random_fixed<BlockHash>(random);
};

TEST_F(TransactionTest, IdsDependOnEveryField) {
    for (const Change& change : changes_without_signatures()) {
        Transaction other = transaction;
        change.apply(other);
        EXPECT_NE(transaction_id(other), transaction_id(transaction)) << change.name;
        EXPECT_NE(full_transaction_id(other), full_transaction_id(transaction)) << change.name;
    }
}

TEST_F(TransactionTest, OnlyTheFullIdDependsOnSignatures) {
    Transaction other = transaction;
    other.inputs[1].signature.bytes[63] ^= 1;
    EXPECT_EQ(transaction_id(other), transaction_id(transaction));
    EXPECT_NE(full_transaction_id(other), full_transaction_id(transaction));
    EXPECT_EQ(signature_message(other, spent, genesis),
              signature_message(transaction, spent, genesis));
}

TEST_F(TransactionTest, SignatureMessageDependsOnEveryField) {
    const Hash256 message = signature_message(transaction, spent, genesis);
    for (const Change& change : changes_without_signatures()) {
        Transaction other = transaction;
        change.apply(other);
        const auto coins = std::span{spent}.first(other.inputs.size());
        EXPECT_NE(signature_message(other, coins, genesis), message) << change.name;
    }
}

TEST_F(TransactionTest, SignatureMessageDependsOnTheCoinsAndTheNetwork) {
    const Hash256 message = signature_message(transaction, spent, genesis);
    auto dearer = spent;
    ++dearer[1].amount.value;
    EXPECT_NE(signature_message(transaction, dearer, genesis), message);
    auto anothers = spent;
    anothers[0].owner.bytes[5] ^= 1;
    EXPECT_NE(signature_message(transaction, anothers, genesis), message);
    auto swapped = spent;
    std::swap(swapped[0], swapped[1]);
    EXPECT_NE(signature_message(transaction, swapped, genesis), message);
    BlockHash other_network = genesis;
    other_network.bytes[0] ^= 1;
    EXPECT_NE(signature_message(transaction, spent, other_network), message);
}

TEST_F(TransactionTest, IsACoinbaseByItsOneInput) {
    EXPECT_FALSE(transaction.is_coinbase());
    EXPECT_FALSE(Transaction{}.is_coinbase());
    transaction.inputs[0].previous.index = coinbase_output_index;
    EXPECT_FALSE(transaction.is_coinbase());
    transaction.inputs.pop_back();
    EXPECT_TRUE(transaction.is_coinbase());
    transaction.inputs[0].previous.index = 0;
    EXPECT_FALSE(transaction.is_coinbase());
}

TEST_F(TransactionTest, HashesAreOfSeparateDomains) {
    Bytes unsigned_bytes;
    Encoder out{unsigned_bytes};
    encode_without_signatures(out, transaction);
    EXPECT_EQ(transaction_id(transaction).bytes,
              tagged_hash("bezant/transaction-id", unsigned_bytes).bytes);
    EXPECT_EQ(full_transaction_id(transaction).bytes, double_sha256(encoded(transaction)).bytes);
    const auto key = random_fixed<PublicKey>(random);
    EXPECT_EQ(public_key_hash(key).bytes, tagged_hash("bezant/public-key", key.view()).bytes);
}

TEST_F(TransactionTest, EveryInputMustComeWithItsCoin) {
    EXPECT_DEATH((void)signature_message(transaction, {}, genesis), "the coin it spends");
}

class CoinbaseTest : public TransactionTest {
protected:
    CoinbaseTest() {
        transaction.inputs.pop_back();
        transaction.inputs[0].previous.index = coinbase_output_index;
    }
    [[nodiscard]] Hash256 message(const Transaction& coinbase) const {
        return coinbase_signature_message(coinbase, previous, payments, genesis);
    }

    BlockHash previous = random_fixed<BlockHash>(random);
    MerkleRoot payments = random_fixed<MerkleRoot>(random);
};

TEST_F(CoinbaseTest, MessageLeavesOutExtranonceAndSignature) {
    Transaction rolled = transaction;
    rolled.inputs[0].previous.transaction = random_fixed<TransactionId>(random);
    rolled.inputs[0].signature = random_fixed<Signature>(random);
    EXPECT_EQ(message(rolled), message(transaction));
}

TEST_F(CoinbaseTest, MessageDependsOnAllElse) {
    const std::vector<Change> changes{
        {"version", [](Transaction& t) { ++t.version; }},
        {"key", [](Transaction& t) { t.inputs[0].public_key.bytes[9] ^= 1; }},
        {"amount", [](Transaction& t) { ++t.outputs[0].amount.value; }},
        {"owner", [](Transaction& t) { t.outputs[0].owner.bytes[9] ^= 1; }},
        {"lock height", [](Transaction& t) { ++t.lock_height.value; }},
        {"outputs", [](Transaction& t) { t.outputs.pop_back(); }},
    };
    for (const Change& change : changes) {
        Transaction other = transaction;
        change.apply(other);
        EXPECT_NE(message(other), message(transaction)) << change.name;
    }
    const Hash256 before = message(transaction);
    const auto changes_with = [&](auto& field) {
        field.bytes[31] ^= 1;
        const bool differs = message(transaction) != before;
        field.bytes[31] ^= 1;
        return differs;
    };
    EXPECT_TRUE(changes_with(genesis));
    EXPECT_TRUE(changes_with(previous));
    EXPECT_TRUE(changes_with(payments));
}

TEST_F(CoinbaseTest, OnlyACoinbaseHasSuchAMessage) {
    transaction.inputs[0].previous.index = 0;
    EXPECT_DEATH((void)message(transaction), "a miner signs a coinbase");
}

}  // namespace
}  // namespace bezant
