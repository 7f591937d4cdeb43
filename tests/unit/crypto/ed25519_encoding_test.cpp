// SPDX-License-Identifier: Apache-2.0
#include "crypto/ed25519_encoding.hpp"

#include <gtest/gtest.h>

#include <array>

#include "base/random.hpp"
#include "tests/seeds.hpp"

namespace bezant {
namespace {

using Number = std::array<Byte, 32>;

// Little-endian, as in the encodings.
constexpr Number group_order = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

Number field_prime() {
    Number prime;
    prime.fill(0xff);
    prime.front() = 0xed;
    prime.back() = 0x7f;
    return prime;
}

/// The sum, and whether it passed 2^256.
Number plus(Number left, const Number& right, bool* overflow = nullptr) {
    unsigned carry = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        carry += static_cast<unsigned>(left[i]) + right[i];
        left[i] = static_cast<Byte>(carry);
        carry >>= 8U;
    }
    if (overflow != nullptr) *overflow = carry != 0;
    return left;
}

Number minus_one(Number number) {
    Number all_ones;
    all_ones.fill(0xff);
    return plus(number, all_ones);
}

const Number one = {1};

TEST(Ed25519Encoding, ScalarsAreCanonicalBelowTheGroupOrder) {
    EXPECT_TRUE(is_canonical_scalar(Number{}));
    EXPECT_TRUE(is_canonical_scalar(minus_one(group_order)));
    EXPECT_FALSE(is_canonical_scalar(group_order));
    EXPECT_FALSE(is_canonical_scalar(plus(group_order, one)));
}

TEST(Ed25519Encoding, PointsAreCanonicalBelowTheFieldPrimeWhateverTheirSign) {
    for (const Byte sign : {Byte{0}, Byte{0x80}}) {
        const auto signed_point = [&](Number y) {
            y.back() |= sign;
            return is_canonical_point(y);
        };
        EXPECT_TRUE(signed_point(Number{}));
        EXPECT_TRUE(signed_point(minus_one(field_prime())));
        EXPECT_FALSE(signed_point(field_prime()));
        EXPECT_FALSE(signed_point(plus(field_prime(), one)));
    }
}

class SmallOrder : public testing::Test {
protected:
    /// All encodings, canonical or not and of either sign, of the eight points of small order: y is
    /// 0, 1, p - 1, p, p + 1, or one of the two of order 8 (RFC 7748 has the like for Curve25519).
    static std::vector<Number> encodings() {
        const Number order_8_low = {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0,
                                    0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
                                    0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39,
                                    0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05};
        // p minus the other: the mirror image across the x axis.
        const Number order_8_high = {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f,
                                     0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
                                     0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6,
                                     0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a};
        const Number p = field_prime();
        std::vector<Number> all = {Number{},     one,         minus_one(p), p,
                                   plus(p, one), order_8_low, order_8_high};
        for (std::size_t i = 0; i < 7; ++i) {
            all.push_back(all[i]);
            all.back().back() |= 0x80;
        }
        return all;
    }
};

TEST_F(SmallOrder, EveryEncodingIsEitherNotCanonicalOrOfSmallOrder) {
    for (const Number& encoding : encodings())
        EXPECT_TRUE(!is_canonical_point(encoding) || has_small_order(encoding));
}

TEST_F(SmallOrder, KeysAndNoncesOfSmallOrderAreRefused) {
    const SigningKey signer = SigningKey::from_seed(SecretSeed{});
    const Signature good = signer.sign({});
    ASSERT_TRUE(has_valid_encoding(signer.public_key(), good));
    for (const Number& encoding : encodings()) {
        PublicKey key;
        key.bytes = encoding;
        EXPECT_FALSE(has_valid_encoding(key, good));
        Signature signature = good;
        std::ranges::copy(encoding, signature.bytes.begin());
        EXPECT_FALSE(has_valid_encoding(signer.public_key(), signature));
        EXPECT_FALSE(verify(signer.public_key(), {}, signature));
        // With A and R small and S = 0 the equation holds for many messages, whoever wrote them.
        signature.bytes.fill(0);
        std::ranges::copy(encoding, signature.bytes.begin());
        EXPECT_FALSE(verify(key, {}, signature));
    }
}

TEST(Ed25519Encoding, OrdinaryPointsDoNotHaveSmallOrder) {
    Random random{31};
    for (std::uint64_t i = 0; i < test::seeds_to_try(1000); ++i) {
        SecretSeed seed;
        for (Byte& byte : seed.writable()) byte = static_cast<Byte>(random.below(256));
        const PublicKey key = SigningKey::from_seed(seed).public_key();
        ASSERT_TRUE(is_canonical_point(key.bytes));
        ASSERT_FALSE(has_small_order(key.bytes));
    }
}

TEST(Ed25519Encoding, MalleatedSignaturesAreRefused) {
    Random random{32};
    for (std::uint64_t i = 0; i < test::seeds_to_try(50); ++i) {
        SecretSeed seed;
        for (Byte& byte : seed.writable()) byte = static_cast<Byte>(random.below(256));
        const SigningKey signer = SigningKey::from_seed(seed);
        Signature signature = signer.sign(as_bytes("pay"));
        Number s;
        std::ranges::copy(std::span{signature.bytes}.last<32>(), s.begin());
        ASSERT_TRUE(is_canonical_scalar(s));
        bool overflow = false;
        for (s = plus(s, group_order, &overflow); !overflow; s = plus(s, group_order, &overflow)) {
            ASSERT_FALSE(is_canonical_scalar(s));
            std::ranges::copy(s, signature.bytes.begin() + 32);
            ASSERT_FALSE(has_valid_encoding(signer.public_key(), signature));
            ASSERT_FALSE(verify(signer.public_key(), as_bytes("pay"), signature));
        }
    }
}

}  // namespace
}  // namespace bezant
