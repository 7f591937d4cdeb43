// SPDX-License-Identifier: Apache-2.0
#include "crypto/short_hash.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace bezant {
namespace {

/// The example of the paper's appendix A: key 00 01 … 0f, message 00 01 … 0e.
TEST(ShortHash, IsSipHash24) {
    ShortHashKey key;
    std::iota(key.bytes.begin(), key.bytes.end(), Byte{0});
    Bytes message(15);
    std::iota(message.begin(), message.end(), Byte{0});
    EXPECT_EQ(short_hash(key, message), 0xa129ca6149be45e5U);
}

TEST(ShortHash, DependsOnKeyAndMessage) {
    const ShortHashKey key;
    ShortHashKey other;
    other.bytes[15] = 1;
    EXPECT_NE(short_hash(key, Bytes{1}), short_hash(other, Bytes{1}));
    EXPECT_NE(short_hash(key, Bytes{1}), short_hash(key, Bytes{1, 0}));
}

}  // namespace
}  // namespace bezant
