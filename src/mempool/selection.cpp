// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <queue>

#include "mempool/mempool.hpp"

namespace bezant {

namespace {

/// A payment and its unconfirmed ancestors that are not selected yet, as one offer to the miner.
struct Package {
    FeeRate rate;
    std::uint64_t sequence = 0;
    TransactionIndex payment;

    /// Best payer on top of a priority queue; of equals, the oldest.
    bool operator<(const Package& other) const {
        if (rate.pays_less_than(other.rate)) return true;
        if (other.rate.pays_less_than(rate)) return false;
        return sequence > other.sequence;
    }
};

/// Greedy choice by the fee rate of packages, as miners have done since ancestors count ("child
/// pays for parent"). A package is offered anew whenever a part of it has been selected.
class Selector {
public:
    Selector(const PoolGraph& graph, std::size_t bytes_max) : graph_(graph), bytes_max_(bytes_max) {
        for (const TransactionIndex payment : graph.in_order()) offer(payment);
    }

    Mempool::Selection select() {
        unsigned misfits = 0;
        while (!packages_.empty() && misfits < misfits_max) {
            const Package package = packages_.top();
            packages_.pop();
            if (selected_.contains(package.payment) || is_stale(package)) continue;
            if (bytes_ + package.rate.bytes > bytes_max_) {
                ++misfits;
            } else {
                take(package);
                misfits = 0;
            }
        }
        return std::move(selection_);
    }

private:
    /// A nearly full block is left as it is after so many packages in a row did not fit.
    static constexpr unsigned misfits_max = 1'000;

    [[nodiscard]] std::vector<const PoolEntry*> members(TransactionIndex payment) const {
        std::vector<const PoolEntry*> entries;
        for (const TransactionIndex ancestor : graph_.ancestors(payment)) {
            if (!selected_.contains(ancestor)) entries.push_back(graph_.find(ancestor));
        }
        std::ranges::sort(entries, {}, &PoolEntry::sequence);
        return entries;
    }

    [[nodiscard]] Package package_of(TransactionIndex payment) const {
        Package package{{}, graph_.find(payment)->sequence, payment};
        for (const PoolEntry* entry : members(payment)) package.rate.add(*entry);
        return package;
    }

    [[nodiscard]] bool is_stale(const Package& package) const {
        return package_of(package.payment).rate.bytes != package.rate.bytes;
    }

    void offer(TransactionIndex payment) { packages_.push(package_of(payment)); }

    void take(const Package& package) {
        for (const PoolEntry* entry : members(package.payment)) {
            selected_.insert(entry->payment);
            selection_.payments.push_back(entry->payment);
        }
        selection_.fees.value += package.rate.fee;
        bytes_ += package.rate.bytes;
        offer_descendants_again(package.payment);
    }

    void offer_descendants_again(TransactionIndex payment) {
        for (const TransactionIndex ancestor : graph_.ancestors(payment)) {
            for (const TransactionIndex heir : graph_.descendants(ancestor)) {
                if (!selected_.contains(heir)) offer(heir);
            }
        }
    }

    const PoolGraph& graph_;
    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    std::priority_queue<Package> packages_;
    boost::unordered_flat_set<TransactionIndex, IndexHasher> selected_;
    Mempool::Selection selection_;
};

}  // namespace

Mempool::Selection Mempool::select(std::size_t bytes_max) const {
    return Selector{graph_, bytes_max}.select();
}

}  // namespace bezant
