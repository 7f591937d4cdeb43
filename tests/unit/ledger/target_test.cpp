// SPDX-License-Identifier: Apache-2.0
#include "ledger/target.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "base/random.hpp"

namespace bezant {
namespace {

Uint256 number(std::string_view hex) {
    const auto bytes = fixed_from_hex_reversed<BlockHash>(hex);
    return Uint256::from_little_endian(bytes.value().bytes);
}

TEST(Target, OfBitcoinsGenesisBlock) {
    const Uint256 target =
        number("00000000ffff0000000000000000000000000000000000000000000000000000");
    EXPECT_EQ(target_from_compact(CompactTarget{0x1d00ffff}), target);
    EXPECT_EQ(compact_from_target(target), CompactTarget{0x1d00ffff});
    EXPECT_EQ(work_of_target(target), Uint256{0x100010001});
}

// The cases of Bitcoin Core's arith_uint256 tests that are canonical, and their numbers.
TEST(Target, CompactFormsThatAreCanonical) {
    EXPECT_EQ(target_from_compact(CompactTarget{0x01120000}), Uint256{0x12});
    EXPECT_EQ(target_from_compact(CompactTarget{0x02008000}), Uint256{0x80});
    EXPECT_EQ(target_from_compact(CompactTarget{0x02123400}), Uint256{0x1234});
    EXPECT_EQ(target_from_compact(CompactTarget{0x03123456}), Uint256{0x123456});
    EXPECT_EQ(target_from_compact(CompactTarget{0x04123456}), Uint256{0x12345600});
    EXPECT_EQ(target_from_compact(CompactTarget{0x05009234}), Uint256{0x92340000});
    EXPECT_EQ(target_from_compact(CompactTarget{0x20123456}), Uint256{0x123456} << 232);
    EXPECT_EQ(target_from_compact(CompactTarget{0x207fffff}), Uint256{0x7fffff} << 232);
    EXPECT_EQ(target_from_compact(CompactTarget{0x2100ffff}), Uint256{0xffff} << 240);
}

TEST(Target, CompactFormsThatAreRefused) {
    for (const std::uint32_t compact : {
             0x00000000U, 0x00123456U, 0x01003456U, 0x02000056U, 0x03000000U,  // zero
             0x01fedcbaU, 0x04923456U, 0x1d80ffffU,                            // negative
             0x22010000U, 0x220000ffU, 0x2101ffffU, 0xff123456U,               // over 256 bits
             0x01123456U, 0x02123456U, 0x03001234U, 0x1e0000ffU, 0x05001234U,  // other forms
         }) {
        EXPECT_EQ(target_from_compact(CompactTarget{compact}), std::nullopt) << std::hex << compact;
    }
}

TEST(Target, EveryCompactFormIsRefusedOrTheOneWayToWriteItsNumber) {
    Random random{1};
    for (int i = 0; i < 20'000; ++i) {
        const CompactTarget compact{
            static_cast<std::uint32_t>(random.below(0x2300) << 16U | random.below(0x10000))};
        const auto target = target_from_compact(compact);
        ASSERT_TRUE(!target || compact_from_target(*target) == compact) << compact.value;
    }
}

TEST(Target, CompactFormCutsOffLowBitsOnly) {
    Random random{2};
    for (unsigned bits = 1; bits < 256; ++bits) {
        const Uint256 target = (Uint256{1} << bits) + (Uint256{random.next()} >> (255 - bits));
        const auto rounded = target_from_compact(compact_from_target(target));
        ASSERT_TRUE(rounded) << bits;
        ASSERT_LE(*rounded, target);
        ASSERT_LE(target - *rounded, target >> 15);
    }
    EXPECT_EQ(compact_from_target(Uint256::max()), CompactTarget{0x2100ffff});
}

TEST(Target, WorkIsTheNumberOfHashesExpected) {
    EXPECT_EQ(work_of_target(Uint256::max()), Uint256{1});
    EXPECT_EQ(work_of_target(Uint256{1} << 255), Uint256{1});
    EXPECT_EQ(work_of_target((Uint256{1} << 255) - Uint256{1}), Uint256{2});
    EXPECT_EQ(work_of_target(Uint256{}), Uint256{});  // 2^256, which does not fit
    EXPECT_EQ(work_of_target(Uint256{1}), Uint256{1} << 255);
}

TEST(Target, IsMetByHashesUpToIt) {
    BlockHash hash;
    hash.bytes[2] = 1;  // 65536 as a little-endian number
    EXPECT_TRUE(meets_target(hash, Uint256{65536}));
    EXPECT_FALSE(meets_target(hash, Uint256{65535}));
    hash.bytes[31] = 1;
    EXPECT_FALSE(meets_target(hash, Uint256{65536}));
    EXPECT_TRUE(meets_target(hash, Uint256::max()));
}

}  // namespace
}  // namespace bezant
