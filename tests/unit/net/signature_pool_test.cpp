// SPDX-License-Identifier: Apache-2.0
#include "net/signature_pool.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>

#include "tests/support/block_builder.hpp"

namespace bezant::net {
namespace {

Hash256 numbered(std::uint32_t number) {
    Hash256 message;
    for (unsigned i = 0; i < 4; ++i) message.bytes[i] = static_cast<Byte>(number >> (8 * i));
    return message;
}

/// Brings as many signatures as make several batches, of which one may be another's.
void expect_many(SignaturePool& pool, std::uint32_t count, std::uint32_t bad) {
    const test::Person owner{"owner"};
    for (std::uint32_t i = 0; i < count; ++i) {
        const Hash256 message = numbered(i);
        const Signature signature = owner.key.sign(numbered(i == bad ? i + 1 : i).view());
        pool.expect_valid(owner.key.public_key(), message, signature);
    }
    pool.settle();
}

TEST(SignaturePool, SettlesWhatWasExpected) {
    for (const unsigned threads : {1U, 3U}) {
        SignaturePool pool{threads};
        expect_many(pool, 333, UINT32_MAX);
        expect_many(pool, 1, UINT32_MAX);
        pool.settle();
    }
}

TEST(SignaturePoolDeathTest, OneThatIsNotGoodEndsTheProgram) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    for (const std::uint32_t bad : {0U, 99U}) {
        EXPECT_DEATH(
            {
                SignaturePool pool{2};
                expect_many(pool, 100, bad);
            },
            "a wallet signs what it pays");
    }
}

TEST(SignaturePool, FindsOutOnTheSpotWhatIsOnlyClaimed) {
    SignaturePool pool{1};
    const test::Person owner{"owner"};
    const Signature signature = owner.key.sign(numbered(1).view());
    EXPECT_TRUE(pool.is_valid(owner.key.public_key(), numbered(1), signature));
    EXPECT_FALSE(pool.is_valid(owner.key.public_key(), numbered(2), signature));
}

// As RFC 8032 has only one signature for a message, what was made early is what the key would say.
TEST(SignaturePool, HasMadeWhatWasExpectedOnceItIsSettled) {
    for (const unsigned threads : {1U, 3U}) {
        SignaturePool pool{threads};
        const std::array owners{test::Person{"one"}, test::Person{"other"}};
        for (std::uint32_t i = 0; i < 20; ++i) {
            for (const test::Person& owner : owners) pool.expect(owner.key, numbered(i).view());
        }
        expect_many(pool, 100, UINT32_MAX);
        for (std::uint32_t i = 20; i-- > 0;) {
            for (const test::Person& owner : owners) {
                EXPECT_EQ(pool.take(owner.key, numbered(i).view()),
                          owner.key.sign(numbered(i).view()));
            }
        }
    }
}

TEST(SignaturePool, GivesASignatureOnce) {
    SignaturePool pool{1};
    const test::Person owner{"owner"};
    pool.expect(owner.key, numbered(1).view());
    pool.settle();
    EXPECT_EQ(pool.take(owner.key, numbered(2).view()), std::nullopt);
    EXPECT_EQ(pool.take(test::Person{"other"}.key, numbered(1).view()), std::nullopt);
    EXPECT_TRUE(pool.take(owner.key, numbered(1).view()));
    EXPECT_EQ(pool.take(owner.key, numbered(1).view()), std::nullopt);
}

TEST(SignaturePool, KeepsSoManyThatNobodyTakes) {
    SignaturePool pool{2};
    const test::Person owner{"owner"};
    constexpr std::uint32_t made = 200;
    for (std::uint32_t i = 0; i < made; ++i) pool.expect(owner.key, numbered(i).view());
    pool.settle();
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < made; ++i) {
        if (pool.take(owner.key, numbered(i).view())) ++kept;
    }
    EXPECT_EQ(kept, 64U);
}

// However far the threads are, a key that asks has its signature, made by them or by itself.
TEST(SignaturePool, NeverKeepsASignerWaiting) {
    SignaturePool pool{2};
    const test::Person owner{"owner"};
    const EarlySigner signer{owner.key, pool};
    EXPECT_EQ(signer.public_key(), owner.key.public_key());
    for (std::uint32_t i = 0; i < 300; ++i) {
        signer.expect(numbered(i).view());
        EXPECT_EQ(signer.sign(numbered(i).view()), owner.key.sign(numbered(i).view()));
    }
}

}  // namespace
}  // namespace bezant::net
