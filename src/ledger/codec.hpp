// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "ledger/block.hpp"
#include "ledger/transaction.hpp"

namespace bezant {

/// Why bytes are not what they should be.
enum class DecodeReason : std::uint8_t {
    truncated,           ///< ends before the field does
    trailing_bytes,      ///< goes on after the last field
    non_canonical_size,  ///< a count written in more bytes than it needs
    too_many,            ///< a count that the bytes left, or a bound, cannot hold
    bad_magic,           ///< another kind of file
    bad_version,         ///< a version that is not known
    bad_checksum,
    bad_value,  ///< a field holds what it may not
};
[[nodiscard]] std::string_view to_text(DecodeReason reason);

struct DecodeError {
    DecodeReason reason{};
    std::size_t offset = 0;  ///< of the field's first byte
    std::string_view field;  ///< as docs/formats.md names it
};
[[nodiscard]] std::string to_text(const DecodeError& error);

/// Appends fields to bytes. Integers are little-endian; a size is Bitcoin's CompactSize.
class Encoder {
public:
    explicit Encoder(Bytes& out) : out_(out) {}

    void u8(std::uint8_t value) { out_.push_back(value); }
    void u16(std::uint16_t value) { integer(value, 2); }
    void u32(std::uint32_t value) { integer(value, 4); }
    void u48(std::uint64_t value) { integer(value, 6); }  ///< its lower 48 bits
    void u64(std::uint64_t value) { integer(value, 8); }
    void size(std::uint64_t value);
    void raw(ByteView bytes);
    void text(std::string_view value);  ///< a size and the bytes

private:
    void integer(std::uint64_t value, unsigned width);

    Bytes& out_;
};

/// Reads fields in order. The first failure sticks: all later reads give zeros, and `error` tells
/// where and why, so that a decoder reads like the grammar and asks once at its end. Never reads
/// outside the input; never makes room for more than the bytes left could fill.
class Decoder {
public:
    explicit Decoder(ByteView in) : in_(in) {}

    [[nodiscard]] std::uint8_t u8(std::string_view field);
    [[nodiscard]] std::uint16_t u16(std::string_view field);
    [[nodiscard]] std::uint32_t u32(std::string_view field);
    [[nodiscard]] std::uint64_t u48(std::string_view field);
    [[nodiscard]] std::uint64_t u64(std::string_view field);
    /// A count of things of at least `least_bytes_each`, which is not 0; fails if the rest cannot
    /// hold as many.
    [[nodiscard]] std::size_t size(std::string_view field, std::size_t least_bytes_each);
    /// A number written as sizes are; fails if it is larger than this.
    [[nodiscard]] std::uint64_t number(std::string_view field, std::uint64_t value_max);
    [[nodiscard]] ByteView raw(std::size_t count, std::string_view field);
    [[nodiscard]] std::string text(std::size_t bytes_max, std::string_view field);
    template <class Fixed>
    [[nodiscard]] Fixed fixed(std::string_view field) {
        Fixed value;
        const ByteView bytes = raw(Fixed::size_bytes, field);
        std::ranges::copy(bytes, value.bytes.begin());
        return value;
    }

    /// Fails with this reason at the field last begun, unless a failure is there already.
    void fail(DecodeReason reason, std::string_view field);
    [[nodiscard]] bool failed() const { return failed_; }
    /// The failure, if there was one.
    [[nodiscard]] std::optional<DecodeError> error() const {
        return failed_ ? std::optional{error_} : std::nullopt;
    }
    [[nodiscard]] std::size_t offset() const { return offset_; }
    [[nodiscard]] std::size_t left() const { return in_.size() - offset_; }
    [[nodiscard]] ByteView rest() const { return in_.subspan(offset_); }

    /// Nothing more may follow: the error if there was one, or if bytes are left.
    [[nodiscard]] Result<void, DecodeError> finish();

private:
    ByteView take(std::size_t count, std::string_view field);
    std::uint64_t compact_size(std::string_view field);

    ByteView in_;
    std::size_t offset_ = 0;
    std::size_t field_offset_ = 0;
    bool failed_ = false;
    DecodeError error_;
};

void encode(Encoder& out, const BlockHeader& header);
void encode(Encoder& out, const Output& output);
void encode(Encoder& out, const Transaction& transaction);
void encode(Encoder& out, const Block& block);
/// A transaction as its id and its signatures see it: inputs end after the public key.
void encode_without_signatures(Encoder& out, const Transaction& transaction);
[[nodiscard]] BlockHeader decode_header(Decoder& in);
[[nodiscard]] Transaction decode_transaction(Decoder& in);
[[nodiscard]] Block decode_block(Decoder& in);

template <class Value>
[[nodiscard]] Bytes encoded(const Value& value) {
    Bytes bytes;
    if constexpr (requires { encoded_size(value); }) bytes.reserve(encoded_size(value));
    Encoder out{bytes};
    encode(out, value);
    return bytes;
}

/// The value that fills the bytes exactly, read by this function.
template <class Value>
[[nodiscard]] Result<Value, DecodeError> whole(ByteView bytes, Value (*decode)(Decoder&)) {
    Decoder in{bytes};
    Value value = decode(in);
    if (const auto end = in.finish(); !end) return unexpected{end.error()};
    return value;
}

/// The shortest transaction: no inputs, no outputs. (The rules ask for both; the format does not.)
inline constexpr std::size_t transaction_bytes_min = 10;

/// Bytes that a size takes: 1, 3, 5 or 9.
[[nodiscard]] std::size_t encoded_size_of_size(std::uint64_t value);

/// What each input and each output adds to a transaction.
inline constexpr std::size_t input_bytes = 132;
inline constexpr std::size_t output_bytes = 40;

/// Lengths of the encodings, without making them; of a transaction also by its number of inputs and
/// outputs alone.
[[nodiscard]] std::size_t encoded_size_of_transaction(std::size_t inputs, std::size_t outputs);
[[nodiscard]] std::size_t encoded_size(const Transaction& transaction);
[[nodiscard]] std::size_t encoded_size(const Block& block);

/// The value that fills the bytes exactly.
[[nodiscard]] Result<BlockHeader, DecodeError> header_from_bytes(ByteView bytes);
[[nodiscard]] Result<Transaction, DecodeError> transaction_from_bytes(ByteView bytes);
[[nodiscard]] Result<Block, DecodeError> block_from_bytes(ByteView bytes);

}  // namespace bezant
