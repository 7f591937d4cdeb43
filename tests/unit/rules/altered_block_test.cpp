// SPDX-License-Identifier: Apache-2.0
// What somebody else can do to a valid block: nothing that counts.
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "rules/reading.hpp"
#include "rules/transaction_rules.hpp"
#include "tests/unit/rules/scene.hpp"

namespace bezant::test {
namespace {

/// The scene with the block that these bytes are; nothing if they are none.
std::optional<Scene> with_bytes(const Scene& original, ByteView bytes) {
    auto block = read_block(bytes);
    if (!block) return std::nullopt;
    Scene altered = original;
    altered.block = std::move(*block);
    return altered;
}

/// Time and nonce are the miner's to choose: on this easy target every other choice has the work.
bool is_in_time_or_nonce(std::size_t byte) {
    return (byte >= 68 && byte < 72) || (byte >= 76 && byte < header_bytes);
}

TEST(AlteredBlock, IsRefusedWhicheverByteChanges) {
    const Scene scene;
    Bytes bytes = encoded(scene.block);
    Random random{3};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (is_in_time_or_nonce(i)) continue;
        const Byte before = bytes[i];
        bytes[i] ^= static_cast<Byte>(1 + random.below(255));
        const auto altered = with_bytes(scene, bytes);
        bytes[i] = before;
        EXPECT_FALSE(altered && altered->check()) << "byte " << i;
    }
}

bool differs_in_extranonce_only(const Block& altered, const Block& original) {
    Block rolled = altered;
    rolled.header = original.header;
    if (rolled.transactions.empty() || rolled.transactions[0].inputs.empty()) return false;
    rolled.transactions[0].inputs[0].previous.transaction =
        original.transactions[0].inputs[0].previous.transaction;
    return rolled == original;
}

// The attacker has hash power: the merkle root and the work are right again.
TEST(AlteredBlock, IsRefusedThoughItsWorkIsDoneAgain) {
    const Scene scene;
    Bytes bytes = encoded(scene.block);
    Random random{4};
    std::size_t rolled = 0;
    for (std::size_t i = header_bytes; i < bytes.size(); ++i) {
        const Byte before = bytes[i];
        bytes[i] ^= static_cast<Byte>(1 + random.below(255));
        auto altered = with_bytes(scene, bytes);
        bytes[i] = before;
        if (!altered) continue;
        altered->commit_and_mine();
        const bool extranonce = differs_in_extranonce_only(altered->block, scene.block);
        EXPECT_EQ(altered->check().has_value(), extranonce) << "byte " << i;
        if (extranonce) ++rolled;
    }
    EXPECT_EQ(rolled, TransactionId::size_bytes);
}

TEST(AlteredBlock, CannotNameAnotherMiner) {
    Scene scene;
    scene.coinbase().inputs.front().public_key = scene.carol.public_key;
    scene.commit_and_mine();
    EXPECT_EQ(scene.check().error().reason, Reason::coinbase_bad_signature);

    // Who signs it anew gets a valid block, and answers for it under his own name.
    seal(scene.block, scene.carol, scene.parameters);
    EXPECT_TRUE(scene.check());
}

TEST(AlteredBlock, CannotPayAnotherMiner) {
    Scene scene;
    scene.coinbase().outputs.front().owner = scene.carol.owner;
    scene.commit_and_mine();
    EXPECT_EQ(scene.check().error().reason, Reason::coinbase_bad_signature);
}

TEST(AlteredBlock, CannotMoveItsCoinbaseToOtherPaymentsOrAnotherParent) {
    Scene fewer;
    fewer.block.transactions.pop_back();
    fewer.commit_and_mine();
    EXPECT_EQ(fewer.check().error().reason, Reason::coinbase_bad_signature);

    Scene moved;
    moved.block.header.previous.bytes[5] ^= 1;
    moved.mine_again();
    EXPECT_EQ(moved.check().error().reason, Reason::coinbase_bad_signature);
}

// Mining programs roll the extranonce when the nonces run out, and they have no key.
TEST(AlteredBlock, MayHaveAnotherExtranonceTimeAndNonce) {
    Scene scene;
    scene.coinbase().inputs.front().previous.transaction.bytes[31] = 0xff;
    ++scene.block.header.time;
    scene.commit_and_mine();
    const auto effect = scene.check();
    EXPECT_TRUE(effect) << to_text(effect.error());
}

TEST(AlteredBlock, MeansNothingOnAnotherNetwork) {
    Scene scene;
    scene.parameters.genesis_hash = Scene::network("classroom").genesis_hash;
    EXPECT_EQ(scene.check().error().reason, Reason::coinbase_bad_signature);
    scene.seal_again();
    const Rejection rejection = scene.check().error();
    EXPECT_EQ(rejection.reason, Reason::bad_signature);
    EXPECT_EQ(rejection.transaction, 1U);
}

// Two lists of transactions with one root would let an attacker spoil a valid block: CVE-2012-2459.
TEST(AlteredBlock, HasAnotherRootIfItsLastTransactionIsRepeated) {
    Scene scene;
    scene.block.transactions.pop_back();
    scene.seal_again();
    scene.block.transactions.push_back(scene.block.transactions.back());
    EXPECT_EQ(scene.check().error().reason, Reason::merkle_root_mismatch);
}

}  // namespace
}  // namespace bezant::test
