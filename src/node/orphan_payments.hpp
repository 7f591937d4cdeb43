// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <ranges>
#include <vector>

#include "chain/fact_index.hpp"
#include "node/event.hpp"

namespace bezant {

/// Payments that wait in the pool for the payments whose coins they spend, and who sent each. As
/// many as the pool keeps; the oldest makes room.
class OrphanPayments {
public:
    explicit OrphanPayments(std::size_t count_max) : count_max_(count_max) {}

    void add(TransactionIndex payment, std::optional<PeerId> from) {
        if (count_max_ == 0) return;
        if (orphans_.size() >= count_max_) orphans_.erase(orphans_.begin());
        orphans_.push_back({payment, from});
    }

    [[nodiscard]] bool contains(TransactionIndex payment) const {
        return std::ranges::find(orphans_, payment, &Orphan::payment) != orphans_.end();
    }

    [[nodiscard]] auto payments() const {
        return orphans_ | std::views::transform(&Orphan::payment);
    }

    /// Who sent it; forgets it.
    std::optional<PeerId> take(TransactionIndex payment) {
        const auto found = std::ranges::find(orphans_, payment, &Orphan::payment);
        if (found == orphans_.end()) return std::nullopt;
        const std::optional<PeerId> from = found->from;
        orphans_.erase(found);
        return from;
    }

    [[nodiscard]] std::size_t memory_bytes() const { return orphans_.capacity() * sizeof(Orphan); }

private:
    struct Orphan {
        TransactionIndex payment;
        std::optional<PeerId> from;  ///< nothing for one handed in by the user
    };

    std::size_t count_max_;
    std::vector<Orphan> orphans_;
};

}  // namespace bezant
