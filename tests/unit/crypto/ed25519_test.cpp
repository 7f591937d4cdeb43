// SPDX-License-Identifier: Apache-2.0
#include "crypto/ed25519.hpp"

#include <gtest/gtest.h>

#include <string_view>

#include "base/hex.hpp"
#include "base/random.hpp"

namespace bezant {
namespace {

SecretSeed seed_from_hex(std::string_view text) {
    const auto bytes = from_hex(text).value();
    return SecretSeed{std::span<const Byte, 32>{bytes}};
}

SecretSeed random_seed(Random& random) {
    SecretSeed seed;
    for (Byte& byte : seed.writable()) byte = static_cast<Byte>(random.below(256));
    return seed;
}

Bytes random_bytes(Random& random, std::size_t count) {
    Bytes bytes(count);
    for (Byte& byte : bytes) byte = static_cast<Byte>(random.below(256));
    return bytes;
}

struct SigningVector {
    std::string_view seed;
    std::string_view public_key;
    std::string_view message;
    std::string_view signature;
};

// RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc).
constexpr SigningVector rfc8032_vectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
     "b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
     "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
     "c6594a7c15e9716ed28dc027beceea1ec40a"},
    {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431"
     "e0303dca179c138ac17ad9bef1177331a704"},
};

TEST(Ed25519, SignsAsRfc8032Prescribes) {
    for (const SigningVector& vector : rfc8032_vectors) {
        const SigningKey key = SigningKey::from_seed(seed_from_hex(vector.seed));
        const Bytes message = from_hex(vector.message).value();
        EXPECT_EQ(to_hex(key.public_key().view()), vector.public_key);
        EXPECT_EQ(to_hex(key.sign(message).view()), vector.signature);
        EXPECT_TRUE(verify(key.public_key(), message, key.sign(message)));
    }
}

TEST(Ed25519, OwnSignaturesVerify) {
    Random random{21};
    for (std::size_t length = 0; length < 100; ++length) {
        const SigningKey key = SigningKey::from_seed(random_seed(random));
        const Bytes message = random_bytes(random, length);
        ASSERT_TRUE(verify(key.public_key(), message, key.sign(message)));
    }
}

TEST(Ed25519, EveryFlippedBitOfSignatureKeyOrMessageIsRefused) {
    Random random{22};
    const SigningKey key = SigningKey::from_seed(random_seed(random));
    const Bytes message = random_bytes(random, 40);
    const Signature signature = key.sign(message);
    const auto flip = [](auto& bytes, std::size_t bit) {
        bytes[bit / 8] = static_cast<Byte>(bytes[bit / 8] ^ (1U << (bit % 8)));
    };
    for (std::size_t bit = 0; bit < 64 * 8; ++bit) {
        Signature altered = signature;
        flip(altered.bytes, bit);
        ASSERT_FALSE(verify(key.public_key(), message, altered)) << "bit " << bit;
    }
    for (std::size_t bit = 0; bit < 32 * 8; ++bit) {
        PublicKey altered = key.public_key();
        flip(altered.bytes, bit);
        ASSERT_FALSE(verify(altered, message, signature)) << "bit " << bit;
    }
    for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
        Bytes altered = message;
        flip(altered, bit);
        ASSERT_FALSE(verify(key.public_key(), altered, signature)) << "bit " << bit;
    }
}

TEST(Ed25519, LongerAndShorterMessagesAreRefused) {
    Random random{23};
    const SigningKey key = SigningKey::from_seed(random_seed(random));
    const Bytes message(10, 0);
    const Signature signature = key.sign(message);
    EXPECT_FALSE(verify(key.public_key(), Bytes(9, 0), signature));
    EXPECT_FALSE(verify(key.public_key(), Bytes(11, 0), signature));
}

struct VerificationVector {
    std::string_view message;
    std::string_view public_key;
    std::string_view signature;
    bool valid;
    const char* what;
};

// Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs" (2020), table 5; figures of the authors'
// test set ed25519-speccheck. The verdicts are those of the rule that verify() states.
constexpr VerificationVector edge_cases[] = {
    {"8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
     "0000000000000000000000000000000000000000000000000000000000000000",
     false, "0: A and R of small order, S = 0"},
    {"9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
     "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43"
     "a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
     false, "1: A of small order, R of mixed order"},
    {"aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab",
     "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
     "8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e",
     false, "2: A of mixed order, R of small order"},
    {"9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
     "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
     "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f"
     "87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009",
     true, "3: A and R of mixed order, both equations hold"},
    {"e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
     "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
     "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed512"
     "5ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09",
     false, "4: only the equation with the cofactor holds"},
    {"e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
     "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
     "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7"
     "e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405",
     false, "5: only the equation with the cofactor holds, and only if 8k is not reduced"},
    {"85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
     "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
     "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e"
     "547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514",
     false, "6: S above L"},
    {"85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
     "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
     "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa1942"
     "7e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22",
     false, "7: S far above L"},
    {"9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
     "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
     "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
     "03be9678ac102edcd92b0210bb34d7428d12ffc5df5f37e359941266a4e35f0f",
     false, "8: R not canonical, reduced for the hash"},
    {"9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
     "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
     "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
     "ca8c5b64cd208982aa38d4936621a4775aa233aa0505711d8fdcfdaa943d4908",
     false, "9: R not canonical, not reduced for the hash"},
    {"e96b7021eb39c1a163b6da4e3093dcd3f21387da4cc4572be588fafae23c155b",
     "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
     "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dc"
     "a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
     false, "10: A not canonical, reduced for the hash"},
    {"39a591f5321bbe07fd5a23dc2f39d025d74526615746727ceefd6e82ae65c06f",
     "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
     "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dc"
     "a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
     false, "11: A not canonical, not reduced for the hash"},
};

TEST(Ed25519, EdgeCasesAreDecidedAsTheRuleSays) {
    for (const VerificationVector& vector : edge_cases) {
        const auto key = fixed_from_hex<PublicKey>(vector.public_key).value();
        const auto signature = fixed_from_hex<Signature>(vector.signature).value();
        const Bytes message = from_hex(vector.message).value();
        EXPECT_EQ(verify(key, message, signature), vector.valid) << vector.what;
    }
}

TEST(Ed25519, CopiedKeysSignTheSame) {
    Random random{24};
    const SigningKey key = SigningKey::from_seed(random_seed(random));
    const SigningKey copy = key;
    EXPECT_EQ(copy.public_key(), key.public_key());
    EXPECT_EQ(copy.sign(as_bytes("x")), key.sign(as_bytes("x")));
}

}  // namespace
}  // namespace bezant
