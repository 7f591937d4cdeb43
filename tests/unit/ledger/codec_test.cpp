// SPDX-License-Identifier: Apache-2.0
#include "ledger/codec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "crypto/hash.hpp"

namespace bezant {
namespace {

Bytes size_of(std::uint64_t value) {
    Bytes bytes;
    Encoder{bytes}.size(value);
    return bytes;
}

// What reading a size with things of one byte behind it says; nothing if it is read.
std::optional<DecodeReason> size_refused(std::string_view hex, std::size_t bytes_behind = 0) {
    Bytes bytes = from_hex(hex).value();
    bytes.resize(bytes.size() + bytes_behind);
    Decoder in{bytes};
    (void)in.size("count", 1);
    const auto error = in.error();
    return error ? std::optional{error->reason} : std::nullopt;
}

TEST(Encoder, WritesTheLowestByteFirst) {
    Bytes bytes;
    Encoder out{bytes};
    out.u8(0x01);
    out.u16(0x0302);
    out.u32(0x07060504);
    out.u64(0x0f0e0d0c0b0a0908);
    out.text("bzt");
    out.raw(Bytes{0xaa, 0xbb});
    EXPECT_EQ(to_hex(bytes), "0102030405060708090a0b0c0d0e0f03627a74aabb");
}

TEST(Decoder, ReadsWhatWasWritten) {
    const auto bytes = from_hex("0102030405060708090a0b0c0d0e0f03627a74aabb").value();
    Decoder in{bytes};
    EXPECT_EQ(in.u8("a"), 0x01);
    EXPECT_EQ(in.u16("b"), 0x0302);
    EXPECT_EQ(in.u32("c"), 0x07060504U);
    EXPECT_EQ(in.u64("d"), 0x0f0e0d0c0b0a0908U);
    EXPECT_EQ(in.text(3, "e"), "bzt");
    EXPECT_EQ(in.left(), 2U);
    EXPECT_EQ(to_hex(in.raw(2, "f")), "aabb");
    EXPECT_TRUE(in.finish());
}

// The widths change where Bitcoin's do.
TEST(Size, TakesAsFewBytesAsItNeeds) {
    EXPECT_EQ(to_hex(size_of(0)), "00");
    EXPECT_EQ(to_hex(size_of(0xfc)), "fc");
    EXPECT_EQ(to_hex(size_of(0xfd)), "fdfd00");
    EXPECT_EQ(to_hex(size_of(0xffff)), "fdffff");
    EXPECT_EQ(to_hex(size_of(0x10000)), "fe00000100");
    EXPECT_EQ(to_hex(size_of(0xffffffff)), "feffffffff");
    EXPECT_EQ(to_hex(size_of(0x100000000)), "ff0000000001000000");
    EXPECT_EQ(to_hex(size_of(UINT64_MAX)), "ffffffffffffffffff");
    for (unsigned bit = 0; bit < 64; ++bit) {
        for (const std::uint64_t value : {std::uint64_t{1} << bit, (std::uint64_t{1} << bit) - 1}) {
            ASSERT_EQ(encoded_size_of_size(value), size_of(value).size()) << value;
        }
    }
}

TEST(Size, IsReadBack) {
    for (const std::size_t count : {0x0U, 0xfcU, 0xfdU, 0xffffU, 0x10000U}) {
        Bytes bytes = size_of(count);
        bytes.resize(bytes.size() + count);
        Decoder in{bytes};
        EXPECT_EQ(in.size("count", 1), count);
        EXPECT_EQ(in.left(), count);
    }
}

TEST(Size, WrittenInMoreBytesThanItNeedsIsRefused) {
    EXPECT_EQ(size_refused("fdfc00", 1000), DecodeReason::non_canonical_size);
    EXPECT_EQ(size_refused("fdfd00", 1000), std::nullopt);
    EXPECT_EQ(size_refused("feffff0000", 100'000), DecodeReason::non_canonical_size);
    EXPECT_EQ(size_refused("fe00000100", 100'000), std::nullopt);
    EXPECT_EQ(size_refused("ffffffffff00000000"), DecodeReason::non_canonical_size);
    EXPECT_EQ(size_refused("ff0000000000000000"), DecodeReason::non_canonical_size);
}

TEST(Size, CutShortIsRefused) {
    for (const std::string_view hex : {"", "fd", "fdfd", "fe000001", "ff00000000010000"}) {
        EXPECT_EQ(size_refused(hex), DecodeReason::truncated) << hex;
    }
}

TEST(Size, ThatTheBytesLeftCannotHoldIsRefused) {
    EXPECT_EQ(size_refused("05", 5), std::nullopt);
    EXPECT_EQ(size_refused("05", 4), DecodeReason::too_many);
    EXPECT_EQ(size_refused("ffffffffffffffffff", 100), DecodeReason::too_many);
    const Bytes bytes(1 + 29, 3);  // a count of 3, and 29 bytes
    EXPECT_EQ(Decoder{bytes}.size("count", 9), 3U);
    Decoder in{bytes};
    EXPECT_EQ(in.size("count", 10), 0U);
    EXPECT_EQ(in.error()->reason, DecodeReason::too_many);
}

TEST(Decoder, TheFirstFailureSticksAndLaterReadsGiveZeros) {
    const Bytes bytes(5, 0xff);
    Decoder in{bytes};
    EXPECT_EQ(in.u16("first"), 0xffff);
    EXPECT_EQ(in.u32("second"), 0U);
    EXPECT_EQ(in.u8("third"), 0U);
    EXPECT_EQ(in.u64("fourth"), 0U);
    EXPECT_EQ(in.size("fifth", 1), 0U);
    EXPECT_EQ(in.text(9, "sixth"), "");
    EXPECT_TRUE(in.raw(1, "seventh").empty());
    EXPECT_TRUE(in.fixed<Hash256>("eighth").is_zero());
    in.fail(DecodeReason::bad_value, "ninth");
    const auto error = in.finish().error();
    EXPECT_EQ(error.reason, DecodeReason::truncated);
    EXPECT_EQ(error.offset, 2U);
    EXPECT_EQ(error.field, "second");
}

TEST(Decoder, FailureOfItsUserIsAtTheFieldLastBegun) {
    const Bytes bytes(6, 0);
    Decoder in{bytes};
    (void)in.u16("first");
    (void)in.u32("second");
    EXPECT_EQ(in.error().has_value(), false);
    in.fail(DecodeReason::bad_value, "second");
    EXPECT_TRUE(in.failed());
    EXPECT_EQ(in.error()->offset, 2U);
}

TEST(Decoder, BytesThatAreLeftAreRefusedAtTheEnd) {
    const Bytes bytes(3, 0);
    Decoder in{bytes};
    (void)in.u16("all");
    const auto error = in.finish().error();
    EXPECT_EQ(error.reason, DecodeReason::trailing_bytes);
    EXPECT_EQ(error.offset, 2U);
}

TEST(Decoder, TextOverItsBoundIsRefused) {
    Bytes bytes;
    Encoder{bytes}.text("1234");
    EXPECT_EQ(Decoder{bytes}.text(4, "name"), "1234");
    Decoder in{bytes};
    EXPECT_EQ(in.text(3, "name"), "");
    EXPECT_EQ(in.error()->reason, DecodeReason::too_many);
    EXPECT_EQ(in.error()->offset, 0U);
}

TEST(DecodeError, SaysWhatWhereAndWhy) {
    const DecodeError error{DecodeReason::truncated, 36, "merkle root"};
    EXPECT_EQ(to_text(error), "merkle root at byte 36: the bytes end before it does");
}

TEST(DecodeError, EveryReasonHasATextOfItsOwn) {
    std::set<std::string_view> texts;
    for (int i = 0; i <= static_cast<int>(DecodeReason::bad_value); ++i) {
        texts.insert(to_text(static_cast<DecodeReason>(i)));
    }
    EXPECT_EQ(texts.size(), 8U);
    EXPECT_DEATH((void)to_text(static_cast<DecodeReason>(99)), "every reason has a text");
}

TEST(DecoderDeathTest, ThingsThatTakeNoRoomCannotBeCounted) {
    EXPECT_DEATH((void)Decoder{ByteView{}}.size("count", 0), "takes room");
}

TEST(Encoder, SixBytesHold48Bits) {
    Bytes bytes;
    Encoder{bytes}.u48(0xffff'0605'0403'0201);
    EXPECT_EQ(bytes, (Bytes{1, 2, 3, 4, 5, 6}));
    Decoder in{bytes};
    EXPECT_EQ(in.u48("id"), 0x0605'0403'0201U);
    EXPECT_TRUE(in.finish());
}

TEST(Decoder, ANumberIsBoundedByWhatItMayBeAndNotByTheBytesLeft) {
    for (const std::uint64_t value : {0ULL, 252ULL, 253ULL, 70'000ULL}) {
        Bytes bytes;
        Encoder{bytes}.size(value);
        Decoder in{bytes};
        EXPECT_EQ(in.number("number", value), value);
        EXPECT_TRUE(in.finish());
        if (value == 0) continue;
        Decoder strict{bytes};
        EXPECT_EQ(strict.number("number", value - 1), 0U);
        EXPECT_EQ(strict.error()->reason, DecodeReason::too_many);
    }
}

}  // namespace
}  // namespace bezant
