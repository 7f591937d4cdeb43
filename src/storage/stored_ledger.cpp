// SPDX-License-Identifier: Apache-2.0
#include "storage/stored_ledger.hpp"

#include "base/hex.hpp"
#include "chain/tip_coins.hpp"
#include "ledger/parameters_codec.hpp"

namespace bezant::storage {

namespace {

Bytes format_bytes() {
    Bytes bytes;
    Encoder{bytes}.u32(format_version);
    return bytes;
}

}  // namespace

ByteView meta_format() { return as_bytes("format"); }
ByteView meta_parameters() { return as_bytes("parameters"); }
ByteView meta_tip() { return as_bytes("tip"); }
ByteView meta_addresses() { return as_bytes("addresses"); }

Result<std::unique_ptr<StoredLedger>, OpenError> StoredLedger::open(const std::string& folder,
                                                                    const Parameters& parameters,
                                                                    DatabaseOptions options) {
    auto database = Database::open(folder, std::move(options));
    if (!database) return unexpected{std::move(database).error()};
    std::unique_ptr<StoredLedger> ledger{new StoredLedger{std::move(*database)}};
    auto fault = ledger->is_new() ? ledger->create(parameters) : ledger->network_fault(parameters);
    if (fault) return unexpected{std::move(*fault)};
    return ledger;
}

Result<std::unique_ptr<StoredLedger>, OpenError> StoredLedger::open_existing(
    const std::string& folder, DatabaseOptions options) {
    const OpenError none = open_error(OpenFault::not_a_store, folder,
                                      "is not there: name the folder of a node's data");
    if (!is_database(folder)) return unexpected{none};
    auto database = Database::open(folder, std::move(options));
    if (!database) return unexpected{std::move(database).error()};
    std::unique_ptr<StoredLedger> ledger{new StoredLedger{std::move(*database)}};
    if (ledger->is_new()) return unexpected{none};
    if (auto fault = ledger->format_fault()) return unexpected{std::move(*fault)};
    return ledger;
}

bool StoredLedger::is_new() const { return !database_.get(Family::meta, meta_format()); }

std::optional<OpenError> StoredLedger::format_fault() const {
    if (*database_.get(Family::meta, meta_format()) == format_bytes()) return std::nullopt;
    return open_error(OpenFault::newer_format, database_.folder(),
                      "has a format that this version of Bezant does not know: update Bezant, "
                      "or choose another folder");
}

std::optional<OpenError> StoredLedger::network_fault(const Parameters& parameters) const {
    if (auto fault = format_fault()) return fault;
    if (database_.get(Family::meta, meta_parameters()) == encoded(parameters)) return std::nullopt;
    return open_error(OpenFault::other_network, database_.folder(),
                      "is of another network than \"" + parameters.name + "\" with genesis " +
                          to_hex_reversed(parameters.genesis_hash.view()) +
                          ": choose that network, or another folder");
}

std::optional<OpenError> StoredLedger::create(const Parameters& parameters) {
    const BlockHash& genesis = parameters.genesis_hash;
    Database::Batch batch{database_};
    batch.put(Family::blocks, genesis.view(), encoded(parameters.genesis));
    CoinChanges coins;
    connect(batch, coins, genesis, genesis_effect(parameters.genesis), Height{});
    std::move(coins).write_to(batch);
    batch.put(Family::meta, meta_tip(), genesis.view());
    batch.put(Family::meta, meta_parameters(), encoded(parameters));
    batch.put(Family::meta, meta_format(), format_bytes());
    if (database_.write(std::move(batch))) return std::nullopt;
    return open_error(OpenFault::unreachable, database_.folder(),
                      "cannot be written: see to the space on the disk");
}

/// A record that is not what it should be is damage that checksums did not find.
template <class Record>
std::optional<Record> StoredLedger::read(Family family, ByteView key,
                                         Record (*decode)(Decoder&)) const {
    const auto bytes = database_.get(family, key);
    if (!bytes) return std::nullopt;
    auto record = whole(*bytes, decode);
    if (!record) database_.fail(to_text(record.error()));
    return std::move(*record);
}

std::optional<Coin> StoredLedger::coin(const OutPoint& outpoint) const {
    return read(Family::coins, coin_key(outpoint), decode_coin);
}

std::optional<Block> StoredLedger::block(const BlockHash& hash) const {
    return read(Family::blocks, hash.view(), decode_block);
}

std::optional<Bytes> StoredLedger::block_bytes(const BlockHash& hash) const {
    return database_.get(Family::blocks, hash.view());
}

std::optional<std::vector<SpentCoin>> StoredLedger::spent_by(const BlockHash& hash) const {
    return read(Family::undo, hash.view(), decode_spent_coins);
}

Parameters StoredLedger::parameters() const {
    auto parameters = read(Family::meta, meta_parameters(), decode_parameters);
    if (!parameters) database_.fail("the network's parameters are not there");
    return *std::move(parameters);
}

BlockHash StoredLedger::tip() const {
    const auto bytes = database_.get(Family::meta, meta_tip());
    BlockHash hash;
    if (!bytes || bytes->size() != BlockHash::size_bytes) database_.fail("the tip is not a hash");
    std::ranges::copy(*bytes, hash.bytes.begin());
    return hash;
}

void StoredLedger::each_block(
    const std::function<void(std::uint64_t sequence, const BlockRecord& record)>& visit) const {
    database_.scan(Family::block_index, [&](ByteView key, ByteView value) {
        const auto sequence = sequence_from_key(key);
        const auto record = whole(value, decode_block_record);
        if (!sequence) database_.fail(to_text(sequence.error()));
        if (!record) database_.fail(to_text(record.error()));
        visit(*sequence, *record);
        return true;
    });
}

void StoredLedger::each_coin(
    const std::function<bool(const OutPoint& outpoint, const Coin& coin)>& visit) const {
    database_.scan(Family::coins, [&](ByteView key, ByteView value) {
        const auto outpoint = whole(key, decode_coin_key);
        const auto coin = whole(value, decode_coin);
        if (!outpoint) database_.fail(to_text(outpoint.error()));
        if (!coin) database_.fail(to_text(coin.error()));
        return visit(*outpoint, *coin);
    });
}

// A coin may be created and spent by the same block, and then never was in the store; it is undone
// the other way round.
void connect(Database::Batch& batch, CoinChanges& coins, const BlockHash& block,
             const BlockEffect& effect, Height start) {
    for (const SpentCoin& created : effect.created) coins.put(created.outpoint, created.coin);
    for (const SpentCoin& spent : effect.spent)
        if (spent.coin.height <= start) coins.remove(spent.outpoint);
    batch.put(Family::undo, block.view(), bytes_of(effect.spent));
}

void disconnect(Database::Batch& batch, CoinChanges& coins, const BlockHash& block,
                const BlockEffect& effect) {
    for (const SpentCoin& spent : effect.spent) coins.put(spent.outpoint, spent.coin);
    for (const SpentCoin& created : effect.created) coins.remove(created.outpoint);
    batch.remove(Family::undo, block.view());
}

}  // namespace bezant::storage
