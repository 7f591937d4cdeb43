// SPDX-License-Identifier: Apache-2.0
#include "storage/coin_changes.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "storage/records.hpp"

namespace bezant::storage {

namespace {

/// Coins of which these numbers differ are in the order of the numbers.
std::uint64_t front_of(const OutPoint& outpoint) {
    std::uint64_t front = 0;
    for (std::size_t i = 0; i < sizeof(front); ++i)
        front = front << 8U | outpoint.transaction.bytes[i];
    return front;
}

}  // namespace

void CoinChanges::write_to(Database::Batch& batch) && {
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    order.reserve(changes_.size());
    for (std::size_t i = 0; i < changes_.size(); ++i)
        order.emplace_back(front_of(changes_[i].outpoint), i);
    std::ranges::sort(order);
    for (const auto& [front, place] : order) {
        const Change& change = changes_[place];
        if (change.coin)
            batch.put(Family::coins, coin_key(change.outpoint), bytes_of(*change.coin));
        else
            batch.remove(Family::coins, coin_key(change.outpoint));
    }
    changes_.clear();
}

}  // namespace bezant::storage
