// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "mempool/mempool.hpp"

namespace bezant {

namespace {

struct Candidate {
    FeeRate rate;
    std::uint64_t sequence = 0;
    TransactionIndex payment;

    /// Worst payer first; of equals, the youngest.
    bool operator<(const Candidate& other) const {
        if (rate.pays_less_than(other.rate)) return true;
        if (other.rate.pays_less_than(rate)) return false;
        return sequence > other.sequence;
    }
};

/// A payment is worth what it pays by itself or, if that is more, together with those that rest on
/// it: a child that pays well keeps its parent.
FeeRate worth_of(const PoolEntry& entry, const PoolGraph& graph) {
    FeeRate alone;
    alone.add(entry);
    FeeRate together;
    for (const TransactionIndex payment : graph.descendants(entry.payment)) {
        together.add(*graph.find(payment));
    }
    return alone.pays_less_than(together) ? together : alone;
}

std::vector<Candidate> worst_first(const PoolGraph& graph) {
    std::vector<Candidate> candidates;
    for (const TransactionIndex payment : graph.in_order()) {
        const PoolEntry& entry = *graph.find(payment);
        candidates.push_back({worth_of(entry, graph), entry.sequence, payment});
    }
    std::sort(candidates.begin(), candidates.end());
    return candidates;
}

}  // namespace

// Makes room for a tenth of the pool at once, so that ranking all payments costs O(log n) for each
// one that is let in, however fast they come.
std::vector<TransactionIndex> Mempool::evict() {
    std::vector<TransactionIndex> evicted;
    lift_floor();
    if (graph_.bytes() <= limits_.bytes_max) return evicted;
    const std::size_t bytes_wanted = limits_.bytes_max / 10 * 9;
    for (const Candidate& candidate : worst_first(graph_)) {
        if (graph_.bytes() <= bytes_wanted) break;
        if (!contains(candidate.payment)) continue;
        const auto gone = graph_.descendants(candidate.payment);
        evicted.insert(evicted.end(), gone.begin(), gone.end());
        remove_with_descendants(candidate.payment);
        floor_ = candidate.rate;
    }
    return evicted;
}

/// There is room again: newcomers need not pay more than others.
void Mempool::lift_floor() {
    if (graph_.bytes() < limits_.bytes_max / 2) floor_.reset();
}

Amount Mempool::fee_floor() const {
    const Amount least = limits_.fee_per_kilobyte_min;
    return floor_ ? std::max(least, floor_->per_kilobyte()) : least;
}

void Mempool::remove_with_descendants(TransactionIndex payment) {
    for (const TransactionIndex gone : graph_.descendants(payment)) {
        graph_.remove(gone, archive_.transactions()[gone]);
    }
}

}  // namespace bezant
