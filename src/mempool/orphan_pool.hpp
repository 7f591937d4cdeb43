// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <ranges>
#include <span>
#include <vector>

#include "chain/fact_index.hpp"

namespace bezant {

/// Payments that wait for coins which are not known yet. Bounded: the oldest makes way. Small, so
/// it is searched from end to end.
class OrphanPool {
    struct Orphan {
        TransactionIndex payment;
        std::vector<CoinIndex> missing;
    };

public:
    explicit OrphanPool(std::size_t count_max) : count_max_(count_max) {}

    /// Keeps a payment and the coins it lacks; does nothing if it is kept already.
    void add(TransactionIndex payment, std::span<const CoinIndex> missing);
    void remove(TransactionIndex payment);
    [[nodiscard]] bool contains(TransactionIndex payment) const;
    [[nodiscard]] bool empty() const { return orphans_.empty(); }
    [[nodiscard]] auto payments() const {
        return orphans_ | std::views::transform(&Orphan::payment);
    }

    /// Takes out the payments that lack any of these coins, oldest first.
    [[nodiscard]] std::vector<TransactionIndex> take_waiting_for(std::span<const CoinIndex> coins);

private:
    std::size_t count_max_;
    std::deque<Orphan> orphans_;
};

}  // namespace bezant
