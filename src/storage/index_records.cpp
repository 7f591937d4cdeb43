// SPDX-License-Identifier: Apache-2.0
#include "storage/index_records.hpp"

#include "storage/records.hpp"

namespace bezant::storage {

namespace {

enum class Kind : std::uint8_t { history = 0, coin = 1 };

Bytes prefix_of(const PublicKeyHash& owner, Kind kind) {
    constexpr std::size_t longest_key = 32 + 1 + 4 + 32 + 4;
    Bytes key;
    key.reserve(longest_key);
    Encoder out{key};
    out.raw(owner.view());
    out.u8(static_cast<std::uint8_t>(kind));
    return key;
}

void skip_prefix(Decoder& in, Kind kind) {
    static_cast<void>(in.fixed<PublicKeyHash>("owner"));
    if (in.u8("kind") != static_cast<std::uint8_t>(kind)) in.fail(DecodeReason::bad_value, "kind");
}

}  // namespace

ByteView index_tip_key() { return as_bytes("tip"); }

Bytes history_prefix(const PublicKeyHash& owner) { return prefix_of(owner, Kind::history); }
Bytes coins_prefix(const PublicKeyHash& owner) { return prefix_of(owner, Kind::coin); }

Bytes history_end(const PublicKeyHash& owner, Height height) {
    Bytes key = history_prefix(owner);
    Encoder out{key};
    put_sorted(out, height.value);
    return key;
}

Bytes history_key(const PublicKeyHash& owner, const TransactionPlace& place) {
    Bytes key = history_end(owner, place.height);
    Encoder out{key};
    put_sorted(out, place.position);
    return key;
}

Bytes address_coin_key(const PublicKeyHash& owner, Height height, const OutPoint& outpoint) {
    Bytes key = coins_prefix(owner);
    Encoder out{key};
    put_sorted(out, height.value);
    out.raw(outpoint.transaction.view());
    put_sorted(out, outpoint.index);
    return key;
}

Bytes end_of(Bytes prefix) {
    ++prefix.back();
    return prefix;
}

Result<TransactionPlace, DecodeError> place_from_key(ByteView key) {
    Decoder in{key};
    skip_prefix(in, Kind::history);
    TransactionPlace place;
    place.height = Height{sorted_number(in, "height")};
    place.position = sorted_number(in, "position");
    if (const auto end = in.finish(); !end) return unexpected{end.error()};
    return place;
}

Result<std::pair<Height, OutPoint>, DecodeError> coin_from_key(ByteView key) {
    Decoder in{key};
    skip_prefix(in, Kind::coin);
    const Height height{sorted_number(in, "height")};
    OutPoint outpoint;
    outpoint.transaction = in.fixed<TransactionId>("transaction id");
    outpoint.index = sorted_number(in, "output index");
    if (const auto end = in.finish(); !end) return unexpected{end.error()};
    return std::pair{height, outpoint};
}

void encode(Encoder& out, const TransactionPlace& place) {
    out.u32(place.height.value);
    out.u32(place.position);
}

TransactionPlace decode_transaction_place(Decoder& in) {
    TransactionPlace place;
    place.height = Height{in.u32("height")};
    place.position = in.u32("position");
    return place;
}

void encode(Encoder& out, const AddressEntry& entry) {
    out.raw(entry.id.view());
    out.u64(entry.received.value);
    out.u64(entry.spent.value);
    out.u64(entry.balance.value);
    out.u32(entry.number);
}

AddressEntry decode_address_entry(Decoder& in) {
    AddressEntry entry;
    entry.id = in.fixed<TransactionId>("transaction id");
    entry.received = Amount{in.u64("received")};
    entry.spent = Amount{in.u64("spent")};
    entry.balance = Amount{in.u64("balance")};
    entry.number = in.u32("number");
    return entry;
}

void encode(Encoder& out, const AddressCoin& coin) {
    out.u64(coin.amount.value);
    encode_origin(out, coin.coinbase);
}

AddressCoin decode_address_coin(Decoder& in) {
    AddressCoin coin;
    coin.amount = Amount{in.u64("amount")};
    coin.coinbase = decode_origin(in);
    return coin;
}

}  // namespace bezant::storage
