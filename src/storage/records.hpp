// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "chain/archive.hpp"
#include "ledger/codec.hpp"
#include "rules/block_rules.hpp"
#include "rules/coin_view.hpp"

namespace bezant::storage {

// The records of a store, as docs/formats.md, "Store", specifies them.

/// Raised when a record changes its form or its meaning. A store says which it has.
inline constexpr std::uint32_t format_version = 1;

/// What is kept of a block beside its transactions: enough to know it without reading them.
struct BlockRecord {
    BlockHeader header;
    Archive::Sums sums;

    friend bool operator==(const BlockRecord&, const BlockRecord&) = default;
};

/// Keys sort as their numbers do, so that blocks are read in the order in which they came.
[[nodiscard]] Bytes sequence_key(std::uint64_t sequence);
[[nodiscard]] Result<std::uint64_t, DecodeError> sequence_from_key(ByteView key);

/// A number in a key, highest byte first, so that keys sort as numbers do.
void put_sorted(Encoder& out, std::uint32_t number);
[[nodiscard]] std::uint32_t sorted_number(Decoder& in, std::string_view field);

[[nodiscard]] Bytes coin_key(const OutPoint& outpoint);
[[nodiscard]] OutPoint decode_coin_key(Decoder& in);

/// Whether a coinbase made a coin, or a payment.
void encode_origin(Encoder& out, bool coinbase);
[[nodiscard]] bool decode_origin(Decoder& in);

void encode(Encoder& out, const Coin& coin);
void encode(Encoder& out, const BlockRecord& record);
void encode(Encoder& out, const std::vector<SpentCoin>& spent);
[[nodiscard]] Coin decode_coin(Decoder& in);
[[nodiscard]] BlockRecord decode_block_record(Decoder& in);
[[nodiscard]] std::vector<SpentCoin> decode_spent_coins(Decoder& in);

/// A record's bytes; like bezant::encoded, for the kinds of this layer.
template <class Record>
[[nodiscard]] Bytes bytes_of(const Record& record) {
    constexpr std::size_t usual_bytes = 64;
    Bytes bytes;
    bytes.reserve(usual_bytes);
    Encoder out{bytes};
    encode(out, record);
    return bytes;
}

}  // namespace bezant::storage
