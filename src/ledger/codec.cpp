// SPDX-License-Identifier: Apache-2.0
#include "ledger/codec.hpp"

#include <array>

#include "base/check.hpp"

namespace bezant {

namespace {

// The first byte of a size that does not stand for itself says how wide the number after it is.
constexpr std::uint64_t one_byte_max = 0xfc;
constexpr Byte two_bytes_follow = 0xfd;
constexpr Byte four_bytes_follow = 0xfe;
constexpr Byte eight_bytes_follow = 0xff;

std::uint64_t little_endian(ByteView bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) value = (value << 8U) | bytes[i];
    return value;
}

}  // namespace

std::string_view to_text(DecodeReason reason) {
    switch (reason) {
        case DecodeReason::truncated:
            return "the bytes end before it does";
        case DecodeReason::trailing_bytes:
            return "bytes follow after the end";
        case DecodeReason::non_canonical_size:
            return "written in more bytes than it needs";
        case DecodeReason::too_many:
            return "larger than the bytes left, or its bound, can hold";
        case DecodeReason::bad_magic:
            return "not a file of this kind";
        case DecodeReason::bad_version:
            return "a version that is not known";
        case DecodeReason::bad_checksum:
            return "does not match the bytes before it";
        case DecodeReason::bad_value:
            return "holds a value that it may not";
    }
    CHECK(false, "every reason has a text");
}

std::string to_text(const DecodeError& error) {
    return std::string{error.field} + " at byte " + std::to_string(error.offset) + ": " +
           std::string{to_text(error.reason)};
}

void Encoder::integer(std::uint64_t value, unsigned width) {
    std::array<Byte, sizeof(value)> bytes{};
    for (unsigned i = 0; i < sizeof(value); ++i) bytes[i] = static_cast<Byte>(value >> (8 * i));
    raw(ByteView{bytes}.first(width));
}

void Encoder::size(std::uint64_t value) {
    if (value <= one_byte_max) {
        u8(static_cast<std::uint8_t>(value));
    } else if (value <= UINT16_MAX) {
        u8(two_bytes_follow);
        integer(value, 2);
    } else if (value <= UINT32_MAX) {
        u8(four_bytes_follow);
        integer(value, 4);
    } else {
        u8(eight_bytes_follow);
        integer(value, 8);
    }
}

void Encoder::raw(ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }

void Encoder::text(std::string_view value) {
    size(value.size());
    raw(as_bytes(value));
}

std::size_t encoded_size_of_size(std::uint64_t value) {
    if (value <= one_byte_max) return 1;
    if (value <= UINT16_MAX) return 3;
    return value <= UINT32_MAX ? 5 : 9;
}

ByteView Decoder::take(std::size_t count, std::string_view field) {
    if (failed_) return {};
    if (count > left()) {
        fail(DecodeReason::truncated, field);
        return {};
    }
    const ByteView bytes = in_.subspan(offset_, count);
    offset_ += count;
    return bytes;
}

ByteView Decoder::raw(std::size_t count, std::string_view field) {
    field_offset_ = offset_;
    return take(count, field);
}

std::uint8_t Decoder::u8(std::string_view field) {
    return static_cast<std::uint8_t>(little_endian(raw(1, field)));
}

std::uint16_t Decoder::u16(std::string_view field) {
    return static_cast<std::uint16_t>(little_endian(raw(2, field)));
}

std::uint32_t Decoder::u32(std::string_view field) {
    return static_cast<std::uint32_t>(little_endian(raw(4, field)));
}

std::uint64_t Decoder::u48(std::string_view field) { return little_endian(raw(6, field)); }

std::uint64_t Decoder::u64(std::string_view field) { return little_endian(raw(8, field)); }

std::uint64_t Decoder::compact_size(std::string_view field) {
    const std::uint64_t first = u8(field);
    if (first <= one_byte_max) return first;
    const std::size_t width = std::size_t{2} << (first - two_bytes_follow);
    const std::uint64_t value = little_endian(take(width, field));
    if (encoded_size_of_size(value) != width + 1) fail(DecodeReason::non_canonical_size, field);
    return value;
}

std::uint64_t Decoder::number(std::string_view field, std::uint64_t value_max) {
    const std::uint64_t value = compact_size(field);
    if (value <= value_max) return value;
    fail(DecodeReason::too_many, field);
    return 0;
}

std::size_t Decoder::size(std::string_view field, std::size_t least_bytes_each) {
    CHECK(least_bytes_each > 0, "what is counted takes room");
    const std::uint64_t count = compact_size(field);
    if (count > left() / least_bytes_each) fail(DecodeReason::too_many, field);
    return failed_ ? 0 : static_cast<std::size_t>(count);
}

std::string Decoder::text(std::size_t bytes_max, std::string_view field) {
    const std::size_t length = size(field, 1);
    if (length > bytes_max) fail(DecodeReason::too_many, field);
    const ByteView bytes = take(length, field);
    return {bytes.begin(), bytes.end()};
}

void Decoder::fail(DecodeReason reason, std::string_view field) {
    if (failed_) return;
    failed_ = true;
    error_ = {reason, field_offset_, field};
}

Result<void, DecodeError> Decoder::finish() {
    field_offset_ = offset_;
    if (left() > 0) fail(DecodeReason::trailing_bytes, "end");
    if (failed_) return unexpected{error_};
    return {};
}

}  // namespace bezant
