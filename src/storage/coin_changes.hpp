// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "rules/coin_view.hpp"
#include "storage/database.hpp"

namespace bezant::storage {

/// Changes to the coins of a store, to be made together; of two of the same coin the later counts.
class CoinChanges {
public:
    void put(const OutPoint& outpoint, const Coin& coin) { changes_.push_back({outpoint, coin}); }
    void remove(const OutPoint& outpoint) { changes_.push_back({outpoint, std::nullopt}); }

    /// Nearly in the order of their names, in which a database sorts them in at half the cost.
    void write_to(Database::Batch& batch) &&;

private:
    struct Change {
        OutPoint outpoint;
        std::optional<Coin> coin;  ///< nothing: there is none any longer
    };

    std::vector<Change> changes_;
};

}  // namespace bezant::storage
