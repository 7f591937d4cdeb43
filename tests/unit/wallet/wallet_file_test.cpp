// SPDX-License-Identifier: Apache-2.0
#include "wallet/wallet_file.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/wallet/wallets.hpp"

namespace bezant::wallet {
namespace {

constexpr std::string_view password = "correct horse";

BlockHash genesis_of(Byte who) {
    BlockHash hash;
    hash.bytes.fill(who);
    return hash;
}

/// A few keys: what is tested costs in proportion to their number.
WalletFile small_file() {
    const Keyring whole = keyring_of(1);
    AccountKeys keys = whole.keys();
    keys[0].keys.resize(3);
    keys[1].keys.resize(1);
    keys[0].used = 1;
    keys[0].issued = 2;
    const Keyring few{test_account, 5, keys};
    return make_wallet_file(genesis_of(1), few, secret_of(1), password, cheap_lock()).value();
}

// Puts the right checksum behind altered bytes, so that what refuses them is another check.
Bytes with_checksum(Bytes bytes) {
    bytes.resize(bytes.size() - Hash256::size_bytes);
    const Hash256 checksum = sha256(bytes);
    bytes.insert(bytes.end(), checksum.bytes.begin(), checksum.bytes.end());
    return bytes;
}

TEST(WalletFile, GivesBackWhatWasWritten) {
    const WalletFile file = small_file();
    EXPECT_EQ(wallet_file_from_bytes(encoded(file)).value(), file);
    const WalletFile watching = watch_only(file);
    EXPECT_EQ(wallet_file_from_bytes(encoded(watching)).value(), watching);
    EXPECT_NE(watching, file);
    EXPECT_EQ(watching.keys, file.keys);
}

TEST(WalletFile, OpensWithThePasswordAndUnlocksItsKeyring) {
    const auto file = wallet_file_from_bytes(encoded(small_file())).value();
    const auto secret = open_secret(file, password).value();
    EXPECT_EQ(secret.entropy, secret_of(1).entropy);
    EXPECT_EQ(secret.passphrase, secret_of(1).passphrase);
    Keyring keyring = file.keyring();
    EXPECT_FALSE(keyring.is_unlocked());
    EXPECT_EQ(keyring.next_unused(KeyBranch::receiving), receiving(1));
    ASSERT_TRUE(keyring.unlock(secret.seed()));
    EXPECT_EQ(keyring.signing_key(receiving(0)).public_key(), keyring.public_key(receiving(0)));
    EXPECT_EQ(error_of(open_secret(file, "correct horsf")), SecretError::wrong_password_or_altered);
    EXPECT_EQ(error_of(open_secret(file, "")), SecretError::wrong_password_or_altered);
}

TEST(WalletFile, IsWrittenWhileLockedAndOpensStill) {
    WalletFile file = small_file();
    Keyring keyring = file.keyring();
    (void)keyring.mark_used(owner_at(keyring, receiving(1)));
    file.keys = keyring.keys();
    const auto again = wallet_file_from_bytes(encoded(file)).value();
    EXPECT_EQ(again.keyring().next_unused(KeyBranch::receiving), receiving(2));
    EXPECT_TRUE(open_secret(again, password));
}

TEST(WalletFile, NothingOfTheSecretLiesInTheClear) {
    const Bytes bytes = encoded(small_file());
    const auto seed = secret_of(1).seed();
    EXPECT_TRUE(std::ranges::search(bytes, Bytes(8, 1)).size() <= 8);
    EXPECT_TRUE(std::ranges::search(bytes, seed.view().first(8)).empty());
    const SecretBuffer plain = encoded_secret(secret_of(1));
    EXPECT_TRUE(std::ranges::search(bytes, plain).empty());
    EXPECT_TRUE(std::ranges::search(bytes, Bytes(64)).empty());  // its padding
}

TEST(WalletFile, WatchOnlyHasNoSecret) {
    const WalletFile watching = watch_only(small_file());
    EXPECT_LT(encoded(watching).size(), encoded(small_file()).size() - 178);
    EXPECT_DEATH((void)open_secret(watching, password), "no secret to open");
    EXPECT_TRUE(watching.keyring().path_of(owner_at(keyring_of(1), receiving(0))));
}

TEST(WalletFile, AnyBitFlippedIsNoticed) {
    for (const WalletFile& file : {small_file(), watch_only(small_file())}) {
        const Bytes bytes = encoded(file);
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            Bytes altered = bytes;
            altered[bit / 8] ^= static_cast<Byte>(1U << bit % 8);
            const auto read = wallet_file_from_bytes(altered);
            ASSERT_FALSE(read) << bit;
            ASSERT_LE(read.error().offset, bytes.size());
        }
    }
}

TEST(WalletFile, AnyTruncationAndAnyByteMoreIsNoticed) {
    const Bytes bytes = encoded(small_file());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto reason = error_of(wallet_file_from_bytes(ByteView{bytes}.first(size)))->reason;
        ASSERT_TRUE(reason == DecodeReason::truncated || reason == DecodeReason::too_many) << size;
    }
    Bytes longer = bytes;
    longer.push_back(0);
    EXPECT_EQ(error_of(wallet_file_from_bytes(longer))->reason, DecodeReason::trailing_bytes);
}

// Whoever can write to the disk can make the checksum fit; what lies before the sealed secret is
// held by the password all the same.
TEST(WalletFile, WhatLiesBeforeTheSecretIsHeldByThePassword) {
    const Bytes bytes = encoded(small_file());
    constexpr std::size_t head_bytes = 8 + 4 + 32 + 4 + 4 + 1 + 4 + 4 + 16 + 24;
    constexpr std::size_t box_bytes = SealedSecret::Box::size_bytes;
    std::size_t still_files = 0;
    for (std::size_t i = 0; i < head_bytes + box_bytes; ++i) {
        Bytes altered = bytes;
        altered[i] ^= 1;
        const auto file = wallet_file_from_bytes(with_checksum(altered));
        if (!file || !file->secret) continue;
        ++still_files;
        EXPECT_EQ(error_of(open_secret(*file, password)), SecretError::wrong_password_or_altered)
            << i;
    }
    EXPECT_GT(still_files, 32 + 4 + 4 + 16 + 24 + box_bytes - 10);
}

struct BadField {
    std::string_view field;
    std::size_t offset;
    Bytes bytes;
    DecodeReason reason;
};

TEST(WalletFile, FieldsThatHoldWhatTheyMayNotAreNamed) {
    const Bytes file = encoded(small_file());
    const Bytes watching = encoded(watch_only(small_file()));
    const auto refused = [](Bytes bytes, const BadField& bad) {
        std::ranges::copy(bad.bytes, bytes.begin() + static_cast<std::ptrdiff_t>(bad.offset));
        const auto error = error_of(wallet_file_from_bytes(with_checksum(bytes))).value();
        EXPECT_EQ(error.field, bad.field);
        EXPECT_EQ(error.offset, bad.offset) << bad.field;
        EXPECT_EQ(error.reason, bad.reason) << bad.field;
    };
    const DecodeReason bad_value = DecodeReason::bad_value;
    refused(file, {"magic", 0, {0x88}, DecodeReason::bad_magic});
    refused(file, {"format version", 8, {2}, DecodeReason::bad_version});
    refused(file, {"coin type", 44, {0, 0, 0, 0x80}, bad_value});
    refused(file, {"account", 48, {0, 0, 0, 0x80}, bad_value});
    refused(file, {"sealed", 52, {2}, bad_value});
    refused(file, {"passes", 53, {0}, bad_value});
    refused(file, {"passes", 53, {17}, bad_value});
    refused(file, {"memory", 57, {7}, bad_value});
    refused(file, {"memory", 57, {1, 0, 16}, bad_value});
    refused(watching, {"gap limit", 53, {0}, bad_value});
    refused(watching, {"gap limit", 53, {0x11, 0x27}, bad_value});
    // Three keys: four used, or four issued, are too many.
    Bytes used = watching;
    used[57] = 4;
    EXPECT_EQ(error_of(wallet_file_from_bytes(with_checksum(used)))->field, "key count");
    Bytes issued = watching;
    issued[61] = 4;
    EXPECT_EQ(error_of(wallet_file_from_bytes(with_checksum(issued)))->field, "key count");
    Bytes twice = watching;
    std::copy_n(twice.begin() + 66, 32, twice.begin() + 98);
    EXPECT_EQ(error_of(wallet_file_from_bytes(with_checksum(twice)))->field, "public key");
}

TEST(WalletSecret, EveryShapeComesBack) {
    for (const std::size_t size : {16U, 20U, 24U, 28U, 32U}) {
        for (const std::size_t length : {0U, 1U, 127U, 128U}) {
            const WalletSecret secret{SecretBuffer(size, 7), SecretBuffer(length, 'p')};
            const SecretBuffer bytes = encoded_secret(secret);
            EXPECT_EQ(bytes.size(), SealedSecret::secret_bytes);
            const auto read = secret_from_bytes(bytes).value();
            EXPECT_EQ(read.entropy, secret.entropy);
            EXPECT_EQ(read.passphrase, secret.passphrase);
        }
    }
}

TEST(WalletSecret, OtherBytesAreRefused) {
    const SecretBuffer sound = encoded_secret(secret_of(1));
    const auto refused = [&](const std::function<void(SecretBuffer&)>& alter) {
        SecretBuffer bytes = sound;
        alter(bytes);
        const auto read = secret_from_bytes(bytes);
        return !read && read.error() == SecretError::malformed;
    };
    EXPECT_TRUE(secret_from_bytes(sound));
    EXPECT_TRUE(refused([](SecretBuffer& bytes) { bytes.pop_back(); }));
    EXPECT_TRUE(refused([](SecretBuffer& bytes) { bytes.push_back(0); }));
    EXPECT_TRUE(refused([](SecretBuffer& bytes) { bytes[0] = 17; }));
    EXPECT_TRUE(refused([](SecretBuffer& bytes) { bytes[0] = 33; }));
    EXPECT_TRUE(refused([](SecretBuffer& bytes) { bytes[32] = 1; }));
    EXPECT_TRUE(refused([](SecretBuffer& bytes) { bytes[33] = 129; }));
    EXPECT_TRUE(refused([](SecretBuffer& bytes) { bytes.back() = 'p'; }));
    EXPECT_TRUE(refused([](SecretBuffer& bytes) { bytes[33] = 1, bytes[34] = 0xc3; }));
    EXPECT_DEATH((void)encoded_secret({SecretBuffer(15, 1), {}}), "sound entropy");
    EXPECT_DEATH((void)encoded_secret({SecretBuffer(16, 1), SecretBuffer(129, 'a')}), "sound");
}

TEST(WalletSecret, APassphraseChangesEveryKey) {
    WalletSecret with = secret_of(1);
    with.passphrase = secret_copy(as_bytes("more"));
    Keyring keyring = keyring_of(1);
    EXPECT_EQ(error_of(keyring.unlock(with.seed())), KeyringError::other_seed);
}

TEST(WalletSecret, EachErrorHasASentence) {
    for (const SecretError error : {SecretError::wrong_password_or_altered,
                                    SecretError::out_of_memory, SecretError::malformed}) {
        EXPECT_FALSE(to_text(error).empty());
    }
}

}  // namespace
}  // namespace bezant::wallet
