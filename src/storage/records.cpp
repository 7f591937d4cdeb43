// SPDX-License-Identifier: Apache-2.0
#include "storage/records.hpp"

namespace bezant::storage {

namespace {

constexpr std::uint8_t of_payment = 0;
constexpr std::uint8_t of_coinbase = 1;
constexpr std::size_t sequence_bytes = 8;
constexpr std::size_t spent_coin_bytes = 32 + 4 + 4 + 1 + 8 + 32;

void encode(Encoder& out, const OutPoint& outpoint) {
    out.raw(outpoint.transaction.view());
    out.u32(outpoint.index);
}

}  // namespace

Bytes sequence_key(std::uint64_t sequence) {
    Bytes key;
    for (std::size_t i = sequence_bytes; i-- > 0;)
        key.push_back(static_cast<Byte>(sequence >> (8 * i)));
    return key;
}

Result<std::uint64_t, DecodeError> sequence_from_key(ByteView key) {
    Decoder in{key};
    std::uint64_t sequence = 0;
    for (std::size_t i = 0; i < sequence_bytes; ++i)
        sequence = (sequence << 8U) | in.u8("sequence number");
    if (const auto end = in.finish(); !end) return unexpected{end.error()};
    return sequence;
}

void put_sorted(Encoder& out, std::uint32_t number) {
    for (unsigned shift = 32; shift > 0; shift -= 8)
        out.u8(static_cast<std::uint8_t>(number >> (shift - 8)));
}

std::uint32_t sorted_number(Decoder& in, std::string_view field) {
    std::uint32_t number = 0;
    for (int i = 0; i < 4; ++i) number = (number << 8U) | in.u8(field);
    return number;
}

Bytes coin_key(const OutPoint& outpoint) {
    Bytes key;
    Encoder out{key};
    encode(out, outpoint);
    return key;
}

OutPoint decode_coin_key(Decoder& in) {
    OutPoint outpoint;
    outpoint.transaction = in.fixed<TransactionId>("previous transaction");
    outpoint.index = in.u32("output index");
    return outpoint;
}

void encode_origin(Encoder& out, bool coinbase) { out.u8(coinbase ? of_coinbase : of_payment); }

bool decode_origin(Decoder& in) {
    const std::uint8_t origin = in.u8("origin");
    if (origin > of_coinbase) in.fail(DecodeReason::bad_value, "origin");
    return origin == of_coinbase;
}

void encode(Encoder& out, const Coin& coin) {
    out.u32(coin.height.value);
    encode_origin(out, coin.coinbase);
    bezant::encode(out, coin.output);
}

Coin decode_coin(Decoder& in) {
    Coin coin;
    coin.height = Height{in.u32("height")};
    coin.coinbase = decode_origin(in);
    coin.output.amount = Amount{in.u64("amount")};
    coin.output.owner = in.fixed<PublicKeyHash>("owner");
    return coin;
}

void encode(Encoder& out, const BlockRecord& record) {
    bezant::encode(out, record.header);
    out.u64(record.sums.fees.value);
    out.u64(record.sums.issued.value);
    out.u64(record.sums.destroyed.value);
    out.u64(record.sums.supply.value);
}

BlockRecord decode_block_record(Decoder& in) {
    BlockRecord record;
    record.header = decode_header(in);
    record.sums.fees = Amount{in.u64("fees")};
    record.sums.issued = Amount{in.u64("issued")};
    record.sums.destroyed = Amount{in.u64("destroyed")};
    record.sums.supply = Amount{in.u64("supply")};
    return record;
}

void encode(Encoder& out, const std::vector<SpentCoin>& spent) {
    out.size(spent.size());
    for (const SpentCoin& each : spent) {
        encode(out, each.outpoint);
        encode(out, each.coin);
    }
}

std::vector<SpentCoin> decode_spent_coins(Decoder& in) {
    std::vector<SpentCoin> spent(in.size("coin count", spent_coin_bytes));
    for (SpentCoin& each : spent) {
        each.outpoint = decode_coin_key(in);
        each.coin = decode_coin(in);
    }
    return spent;
}

}  // namespace bezant::storage
