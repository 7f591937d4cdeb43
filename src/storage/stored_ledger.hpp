// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "chain/stored_facts.hpp"
#include "ledger/parameters.hpp"
#include "storage/coin_changes.hpp"
#include "storage/database.hpp"
#include "storage/records.hpp"

namespace bezant::storage {

/// One network's ledger in a database: what is read of it. A new one has the genesis block and its
/// coins. Costs are those of a look-up, whatever the number of coins and blocks.
class StoredLedger final : public StoredFacts {
public:
    /// Opens the store of this folder, or makes one. It must be of this network and of a format
    /// that is known here.
    [[nodiscard]] static Result<std::unique_ptr<StoredLedger>, OpenError> open(
        const std::string& folder, const Parameters& parameters, DatabaseOptions options = {});

    /// Opens the store of this folder, whatever its network is; none is made.
    [[nodiscard]] static Result<std::unique_ptr<StoredLedger>, OpenError> open_existing(
        const std::string& folder, DatabaseOptions options = {});

    [[nodiscard]] std::optional<Coin> coin(const OutPoint& outpoint) const override;
    [[nodiscard]] std::optional<Block> block(const BlockHash& hash) const override;
    [[nodiscard]] std::optional<std::vector<SpentCoin>> spent_by(
        const BlockHash& hash) const override;

    /// The encoding of a block that was stored, as it is on the disk.
    [[nodiscard]] std::optional<Bytes> block_bytes(const BlockHash& hash) const;

    /// Of its network.
    [[nodiscard]] Parameters parameters() const;
    /// The block after which the coins are as they are.
    [[nodiscard]] BlockHash tip() const;
    /// Every block but genesis, in the order in which they came; the number under which each is
    /// kept, from 1.
    void each_block(
        const std::function<void(std::uint64_t sequence, const BlockRecord& record)>& visit) const;

    /// All unspent coins after the tip, while `visit` says true.
    void each_coin(
        const std::function<bool(const OutPoint& outpoint, const Coin& coin)>& visit) const;

    [[nodiscard]] Database& database() { return database_; }
    [[nodiscard]] const Database& database() const { return database_; }

private:
    explicit StoredLedger(Database database) : database_(std::move(database)) {}

    [[nodiscard]] bool is_new() const;
    [[nodiscard]] std::optional<OpenError> format_fault() const;
    [[nodiscard]] std::optional<OpenError> network_fault(const Parameters& parameters) const;
    [[nodiscard]] std::optional<OpenError> create(const Parameters& parameters);
    template <class Record>
    [[nodiscard]] std::optional<Record> read(Family family, ByteView key,
                                             Record (*decode)(Decoder&)) const;

    Database database_;
};

/// Keys of the family `meta`.
[[nodiscard]] ByteView meta_format();
[[nodiscard]] ByteView meta_parameters();
[[nodiscard]] ByteView meta_tip();
[[nodiscard]] ByteView meta_addresses();

/// Takes the store from a block to its child, and back. The way there may have begun some blocks
/// before: coins that were created above the height of its `start` are not in the store, and need
/// not be in the effect where they are created, if it ends where they are spent. The coins are
/// still to be written to the batch.
void connect(Database::Batch& batch, CoinChanges& coins, const BlockHash& block,
             const BlockEffect& effect, Height start);
void disconnect(Database::Batch& batch, CoinChanges& coins, const BlockHash& block,
                const BlockEffect& effect);

}  // namespace bezant::storage
