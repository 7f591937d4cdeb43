// SPDX-License-Identifier: Apache-2.0
// Facts of Bitcoin that hold here too, since headers, sizes and double SHA-256 are its own.
#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "ledger/codec.hpp"

namespace bezant {
namespace {

// Bitcoin's genesis block.
constexpr std::string_view header_hex =
    "01000000"
    "0000000000000000000000000000000000000000000000000000000000000000"
    "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
    "29ab5f49ffff001d1dac2b7c";
constexpr std::string_view hash_text =
    "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";

TEST(Bitcoin, GenesisHeaderIsReadAndHashedAsBitcoinDoes) {
    const auto header = header_from_bytes(from_hex(header_hex).value());
    ASSERT_TRUE(header);
    EXPECT_EQ(header->version, 1U);
    EXPECT_EQ(header->time, 1'231'006'505U);
    EXPECT_EQ(header->nonce, 2'083'236'893U);
    EXPECT_EQ(header->target, CompactTarget{0x1d00ffff});
    EXPECT_TRUE(header->previous.is_zero());
    EXPECT_EQ(to_hex(encoded(*header)), header_hex);
    EXPECT_EQ(to_hex_reversed(block_hash(*header).view()), hash_text);
    EXPECT_TRUE(meets_target(block_hash(*header), target_from_compact(header->target).value()));
}

// Block 100,000 of Bitcoin has four transactions.
TEST(Bitcoin, MerkleRootOfBlock100000) {
    std::vector<FullTransactionId> ids;
    for (const std::string_view text : {
             "8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87",
             "fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4",
             "6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4",
             "e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d",
         }) {
        ids.push_back(fixed_from_hex_reversed<FullTransactionId>(text).value());
    }
    EXPECT_EQ(to_hex_reversed(merkle_root(ids).view()),
              "f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766");
}

}  // namespace
}  // namespace bezant
