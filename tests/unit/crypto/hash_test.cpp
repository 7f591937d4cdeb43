// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/hex.hpp"
#include "base/random.hpp"

namespace bezant {
namespace {

Bytes random_bytes(Random& random, std::size_t count) {
    Bytes bytes(count);
    for (Byte& byte : bytes) byte = static_cast<Byte>(random.below(256));
    return bytes;
}

// FIPS 180-4 examples, as published by NIST.
TEST(Hash, Sha256GivesTheStandardsExamples) {
    EXPECT_EQ(to_hex(sha256({}).view()),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256(as_bytes("abc")).view()),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(
        to_hex(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).view()),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Hash, Sha512GivesTheStandardsExample) {
    EXPECT_EQ(to_hex(sha512(as_bytes("abc")).view()),
              "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
              "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

// RFC 4231, test cases 2 and 6 (a key longer than a block).
TEST(Hash, HmacSha512GivesTheExamplesOfRfc4231) {
    EXPECT_EQ(
        to_hex(hmac_sha512(as_bytes("Jefe"), as_bytes("what do ya want for nothing?")).view()),
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
    EXPECT_EQ(to_hex(hmac_sha512(Bytes(131, 0xaa),
                                 as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))
                         .view()),
              "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
              "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}

TEST(Hash, DoubleSha256HashesTheHash) {
    const Hash256 once = sha256(as_bytes("bezant"));
    EXPECT_EQ(double_sha256(as_bytes("bezant")), sha256(once.view()));
    EXPECT_NE(double_sha256(as_bytes("bezant")), once);
}

TEST(Hash, PiecesHashLikeTheWhole) {
    Random random{11};
    for (int round = 0; round < 200; ++round) {
        const Bytes message = random_bytes(random, random.below(300));
        Sha256 hasher;
        std::size_t begin = 0;
        while (begin < message.size()) {
            const std::size_t length = 1 + random.below(message.size() - begin);
            hasher.update(ByteView{message}.subspan(begin, length));
            begin += length;
        }
        ASSERT_EQ(hasher.finish(), sha256(message));
    }
}

TEST(Hash, FinishingChangesNothing) {
    Sha256 hasher;
    hasher.update(as_bytes("a"));
    EXPECT_EQ(hasher.finish(), sha256(as_bytes("a")));
    EXPECT_EQ(hasher.finish(), sha256(as_bytes("a")));
    EXPECT_EQ(hasher.update(as_bytes("b")).finish(), sha256(as_bytes("ab")));
}

TEST(Hash, CopiesGoTheirOwnWays) {
    Sha256 common;
    common.update(as_bytes("common "));
    Sha256 first = common;
    Sha256 second = common;
    EXPECT_EQ(first.update(as_bytes("first")).finish(), sha256(as_bytes("common first")));
    EXPECT_EQ(second.update(as_bytes("second")).finish(), sha256(as_bytes("common second")));
}

TEST(Hash, TaggedHashIsAsBip340Says) {
    const Hash256 tag = sha256(as_bytes("bezant/example"));
    std::string spelled_out{tag.bytes.begin(), tag.bytes.end()};
    spelled_out += spelled_out + "m";
    EXPECT_EQ(tagged_hash("bezant/example", as_bytes("m")), sha256(as_bytes(spelled_out)));
    EXPECT_EQ(tagged_hasher("bezant/example").update(as_bytes("m")).finish(),
              sha256(as_bytes(spelled_out)));
    EXPECT_NE(tagged_hash("bezant/other", as_bytes("m")), sha256(as_bytes(spelled_out)));
}

}  // namespace
}  // namespace bezant
