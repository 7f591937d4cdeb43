// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "storage/database.hpp"
#include "storage/index_records.hpp"

namespace bezant::storage {

/// An entry of an address's history with the place of its transaction.
struct HistoryLine {
    TransactionPlace place;
    AddressEntry entry;

    friend bool operator==(const HistoryLine&, const HistoryLine&) = default;
};

/// Reads a store's index: it says how things are after the block that the index has come to. Costs
/// are those of a look-up, and of what is given back, however long an address's history is.
class IndexReader {
public:
    explicit IndexReader(const Database& database) : database_(database) {}

    /// The last block that the index has; nothing if there is no index.
    [[nodiscard]] std::optional<BlockHash> tip() const;

    /// Where the transaction lies, if it is on the chain.
    [[nodiscard]] std::optional<TransactionPlace> find(const TransactionId& id) const;

    /// The entry that this transaction made for the address.
    [[nodiscard]] std::optional<AddressEntry> entry(const PublicKeyHash& owner,
                                                    const TransactionPlace& place) const;
    /// The last entry, which tells the balance; one of nothing if there is none.
    [[nodiscard]] AddressEntry last(const PublicKeyHash& owner) const;
    /// The last one of blocks below this height.
    [[nodiscard]] AddressEntry last_below(const PublicKeyHash& owner, Height height) const;

    /// Up to so many entries, the newest first: of all, or of those before this one.
    [[nodiscard]] std::vector<HistoryLine> history(
        const PublicKeyHash& owner, std::size_t count,
        const std::optional<TransactionPlace>& before = {}) const;

    /// Up to so many unspent coins, those of the highest block first: of all, or of those after
    /// this one in that order, which was created at this height.
    [[nodiscard]] std::vector<SpentCoin> coins(
        const PublicKeyHash& owner, std::size_t count,
        const std::optional<std::pair<Height, OutPoint>>& after = {}) const;
    /// A coin of the address, if it is unspent.
    [[nodiscard]] std::optional<AddressCoin> coin(const PublicKeyHash& owner, Height height,
                                                  const OutPoint& outpoint) const;

private:
    [[nodiscard]] AddressEntry last_before(const PublicKeyHash& owner, const Bytes& end) const;

    const Database& database_;
};

}  // namespace bezant::storage
