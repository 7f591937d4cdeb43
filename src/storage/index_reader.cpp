// SPDX-License-Identifier: Apache-2.0
#include "storage/index_reader.hpp"

#include "storage/records.hpp"

namespace bezant::storage {

namespace {

/// A record that is not what it should be is damage that checksums did not find.
template <class Value>
Value sound(const Database& database, Result<Value, DecodeError> record) {
    if (!record) database.fail(to_text(record.error()));
    return *std::move(record);
}

template <class Record>
std::optional<Record> read(const Database& database, Family family, ByteView key,
                           Record (*decode)(Decoder&)) {
    const auto bytes = database.get(family, key);
    if (!bytes) return std::nullopt;
    return sound(database, whole(*bytes, decode));
}

BlockHash decode_hash(Decoder& in) { return in.fixed<BlockHash>("tip"); }

}  // namespace

std::optional<BlockHash> IndexReader::tip() const {
    return read(database_, Family::transaction_index, index_tip_key(), decode_hash);
}

std::optional<TransactionPlace> IndexReader::find(const TransactionId& id) const {
    return read(database_, Family::transaction_index, id.view(), decode_transaction_place);
}

std::optional<AddressEntry> IndexReader::entry(const PublicKeyHash& owner,
                                               const TransactionPlace& place) const {
    return read(database_, Family::address_index, history_key(owner, place), decode_address_entry);
}

AddressEntry IndexReader::last(const PublicKeyHash& owner) const {
    return last_before(owner, end_of(history_prefix(owner)));
}

AddressEntry IndexReader::last_below(const PublicKeyHash& owner, Height height) const {
    return last_before(owner, history_end(owner, height));
}

AddressEntry IndexReader::last_before(const PublicKeyHash& owner, const Bytes& end) const {
    AddressEntry entry;
    database_.scan_back(Family::address_index, history_prefix(owner), end,
                        [&](ByteView, ByteView value) {
                            entry = sound(database_, whole(value, decode_address_entry));
                            return false;
                        });
    return entry;
}

std::vector<HistoryLine> IndexReader::history(const PublicKeyHash& owner, std::size_t count,
                                              const std::optional<TransactionPlace>& before) const {
    const Bytes prefix = history_prefix(owner);
    const Bytes end = before ? history_key(owner, *before) : end_of(prefix);
    std::vector<HistoryLine> lines;
    if (count == 0) return lines;
    database_.scan_back(Family::address_index, prefix, end, [&](ByteView key, ByteView value) {
        lines.push_back({.place = sound(database_, place_from_key(key)),
                         .entry = sound(database_, whole(value, decode_address_entry))});
        return lines.size() < count;
    });
    return lines;
}

std::vector<SpentCoin> IndexReader::coins(
    const PublicKeyHash& owner, std::size_t count,
    const std::optional<std::pair<Height, OutPoint>>& after) const {
    const Bytes prefix = coins_prefix(owner);
    const Bytes end = after ? address_coin_key(owner, after->first, after->second) : end_of(prefix);
    std::vector<SpentCoin> coins;
    if (count == 0) return coins;
    database_.scan_back(Family::address_index, prefix, end, [&](ByteView key, ByteView value) {
        const auto [height, outpoint] = sound(database_, coin_from_key(key));
        const AddressCoin coin = sound(database_, whole(value, decode_address_coin));
        coins.push_back({outpoint, {{coin.amount, owner}, height, coin.coinbase}});
        return coins.size() < count;
    });
    return coins;
}

std::optional<AddressCoin> IndexReader::coin(const PublicKeyHash& owner, Height height,
                                             const OutPoint& outpoint) const {
    return read(database_, Family::address_index, address_coin_key(owner, height, outpoint),
                decode_address_coin);
}

}  // namespace bezant::storage
