// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/prefetch.hpp"
#include "chain/dense_map.hpp"
#include "chain/fact_index.hpp"
#include "node/peer_set.hpp"

namespace bezant {

/// The payments that a participant holds, in the order in which it tells its neighbours of them,
/// and which neighbours know which. Each neighbour has a place in that order, up to which all has
/// been dealt with, so that a new payment costs nothing per neighbour until it is told.
class PaymentRelay {
public:
    /// Held from now on, and to be told to all who do not know it. It must not be held already.
    void add(TransactionIndex payment);
    /// Held no longer: who knew it is forgotten.
    void remove(TransactionIndex payment);
    void remove_all(std::span<const TransactionIndex> payments);
    [[nodiscard]] bool contains(TransactionIndex payment) const { return held_.contains(payment); }

    /// It will be asked about this payment soon (DenseMap).
    void expect_search(TransactionIndex payment) const { held_.expect_search(payment); }
    void expect_use(TransactionIndex payment) const { held_.expect_use(payment); }
    /// The same of the payments added last.
    void expect_search_of_newest() const {
        if (order_.empty()) return;
        prefetch(&order_.back());
        held_.expect_search_of_last();
    }
    void expect_newest() const {
        if (!order_.empty()) held_.expect_use(order_.back().payment);
    }

    /// The neighbour in this slot has the payment, or was told of it; false if it is not held.
    bool mark_known(TransactionIndex payment, std::uint32_t slot);
    [[nodiscard]] bool is_known(TransactionIndex payment, std::uint32_t slot) const;

    /// The next payments from `place` on, at most `count_max`, that the neighbour in this slot does
    /// not know and wants. Marks them as known, and moves `place` past them and those not wanted.
    [[nodiscard]] std::vector<TransactionIndex> take_unknown(
        std::uint32_t slot, std::uint64_t& place, std::size_t count_max,
        const std::function<bool(TransactionIndex)>& is_wanted);
    /// Whether anything comes at or after this place.
    [[nodiscard]] bool has_more(std::uint64_t place) const { return place < next_place_; }
    /// The place of what comes next.
    [[nodiscard]] std::uint64_t end() const { return next_place_; }

    /// The slot's neighbour is gone, and another may get it. Linear in the payments held.
    void forget_slot(std::uint32_t slot);

    [[nodiscard]] std::size_t memory_bytes() const;

private:
    struct Held {
        std::uint64_t place = 0;
        PeerSet known_by{};
    };
    struct Place {
        std::uint64_t number = 0;
        TransactionIndex payment;
    };

    [[nodiscard]] bool is_current(const Place& place) const;
    void drop_removed();

    DenseMap<TransactionIndex, Held> held_;
    std::vector<Place> order_;  ///< places of removed payments stay until there are many
    std::uint64_t next_place_ = 0;
};

}  // namespace bezant
