// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "storage/index_reader.hpp"
#include "storage/records.hpp"

namespace bezant::storage {

/// The index of a chain, worked out from nothing but its blocks, the plain way.
struct NaiveIndex {
    std::map<TransactionId, TransactionPlace> transactions;
    std::map<PublicKeyHash, std::vector<HistoryLine>> history;  ///< the newest first
    std::map<PublicKeyHash, std::vector<SpentCoin>> coins;  ///< those of the highest block first

    friend bool operator==(const NaiveIndex&, const NaiveIndex&) = default;
};

inline NaiveIndex naive_index(const std::vector<const Block*>& chain) {
    NaiveIndex index;
    std::map<OutPoint, Coin> coins;
    for (std::uint32_t height = 0; height < chain.size(); ++height) {
        for (std::uint32_t position = 0; position < chain[height]->transactions.size();
             ++position) {
            const Transaction& transaction = chain[height]->transactions[position];
            const TransactionId id = transaction_id(transaction);
            index.transactions[id] = {Height{height}, position};
            std::map<PublicKeyHash, AddressEntry> changes;
            for (const Input& input : transaction.inputs) {
                if (transaction.is_coinbase()) continue;
                const Output coin = coins.at(input.previous).output;
                changes[coin.owner].spent.value += coin.amount.value;
                coins.erase(input.previous);
            }
            for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
                const Output& output = transaction.outputs[i];
                changes[output.owner].received.value += output.amount.value;
                coins[{id, i}] = {output, Height{height}, transaction.is_coinbase() && height > 0};
            }
            for (auto& [owner, change] : changes) {
                auto& lines = index.history[owner];
                const std::uint64_t before = lines.empty() ? 0 : lines.front().entry.balance.value;
                change.id = id;
                change.balance.value = before + change.received.value - change.spent.value;
                change.number = static_cast<std::uint32_t>(lines.size()) + 1;
                lines.insert(lines.begin(), {{Height{height}, position}, change});
            }
        }
    }
    for (const auto& [outpoint, coin] : coins)
        index.coins[coin.output.owner].push_back({outpoint, coin});
    for (auto& [owner, list] : index.coins) {
        std::ranges::sort(list, std::greater{}, [](const SpentCoin& each) {
            return std::pair{each.coin.height, each.outpoint};
        });
    }
    return index;
}

/// All that a database has of an index, read record by record.
inline NaiveIndex stored_index(const Database& database) {
    NaiveIndex index;
    database.scan(Family::transaction_index, [&](ByteView key, ByteView value) {
        if (key.size() != TransactionId::size_bytes) return true;
        index.transactions[TransactionId::from(key.first<32>())] =
            whole(value, decode_transaction_place).value();
        return true;
    });
    database.scan(Family::address_index, [&](ByteView key, ByteView value) {
        const auto owner = PublicKeyHash::from(key.first<32>());
        if (const auto place = place_from_key(key)) {
            const auto entry = whole(value, decode_address_entry).value();
            auto& lines = index.history[owner];
            lines.insert(lines.begin(), {*place, entry});
        } else {
            const auto [height, outpoint] = coin_from_key(key).value();
            const auto coin = whole(value, decode_address_coin).value();
            auto& list = index.coins[owner];
            list.insert(list.begin(), {outpoint, {{coin.amount, owner}, height, coin.coinbase}});
        }
        return true;
    });
    return index;
}

}  // namespace bezant::storage
