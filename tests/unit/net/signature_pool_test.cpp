// SPDX-License-Identifier: Apache-2.0
#include "net/signature_pool.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace bezant::net
