// SPDX-License-Identifier: Apache-2.0
#include "mempool/pool_graph.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant {

namespace {

__extension__ using Wide = unsigned __int128;

void link_once(std::vector<TransactionIndex>& links, TransactionIndex other) {
    if (std::ranges::find(links, other) == links.end()) links.push_back(other);
}

template <class Map>
std::optional<TransactionIndex> lookup(const Map& map, CoinIndex coin) {
    const auto found = map.find(coin);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

}  // namespace

bool FeeRate::pays_less_than(const FeeRate& other) const {
    return Wide{fee} * other.bytes < Wide{other.fee} * bytes;
}

Amount FeeRate::per_kilobyte() const {
    constexpr std::uint64_t bytes_per_kilobyte = 1'000;
    const Wide rate = Wide{fee} * bytes_per_kilobyte / bytes;
    return Amount{static_cast<std::uint64_t>(std::min(rate, Wide{UINT64_MAX}))};
}

void PoolGraph::insert(TransactionIndex payment, const TransactionFact& fact, Amount fee) {
    PoolEntry entry{payment, fee, fact.bytes, next_sequence_++, {}, {}};
    for (const CoinIndex coin : fact.spends) {
        const bool free = spenders_.emplace(coin, payment).second;
        CHECK(free, "held payments do not conflict");
        if (const auto parent = creator(coin)) link_once(entry.parents, *parent);
    }
    for (const TransactionIndex parent : entry.parents) {
        entries_.find(parent)->second.children.push_back(payment);
    }
    for (const CoinIndex coin : fact.creates) creators_.emplace(coin, payment);
    const bool is_new = entries_.emplace(payment, std::move(entry)).second;
    CHECK(is_new, "a payment is held once");
    bytes_ += fact.bytes;
}

void PoolGraph::remove(TransactionIndex payment, const TransactionFact& fact) {
    const auto found = entries_.find(payment);
    CHECK(found != entries_.end(), "what is removed was held");
    const PoolEntry entry = std::move(found->second);
    entries_.erase(found);
    for (const TransactionIndex parent : entry.parents) {
        std::erase(entries_.find(parent)->second.children, payment);
    }
    for (const TransactionIndex child : entry.children) {
        std::erase(entries_.find(child)->second.parents, payment);
    }
    for (const CoinIndex coin : fact.spends) spenders_.erase(coin);
    for (const CoinIndex coin : fact.creates) creators_.erase(coin);
    bytes_ -= entry.bytes;
}

const PoolEntry* PoolGraph::find(TransactionIndex payment) const {
    const auto found = entries_.find(payment);
    return found == entries_.end() ? nullptr : &found->second;
}

std::optional<TransactionIndex> PoolGraph::spender(CoinIndex coin) const {
    return lookup(spenders_, coin);
}

std::optional<TransactionIndex> PoolGraph::creator(CoinIndex coin) const {
    return lookup(creators_, coin);
}

std::vector<TransactionIndex> PoolGraph::ancestors(TransactionIndex payment,
                                                   std::size_t count_max) const {
    return reach(payment, &PoolEntry::parents, count_max);
}

std::vector<TransactionIndex> PoolGraph::descendants(TransactionIndex payment,
                                                     std::size_t count_max) const {
    return reach(payment, &PoolEntry::children, count_max);
}

std::vector<TransactionIndex> PoolGraph::reach(TransactionIndex payment, Links links,
                                               std::size_t count_max) const {
    std::vector<TransactionIndex> reached{payment};
    for (std::size_t next = 0; next < reached.size() && reached.size() <= count_max; ++next) {
        const PoolEntry* entry = find(reached[next]);
        CHECK(entry != nullptr, "links lead to held payments");
        for (const TransactionIndex other : entry->*links) link_once(reached, other);
    }
    return reached;
}

std::vector<TransactionIndex> PoolGraph::in_order() const {
    std::vector<std::pair<std::uint64_t, TransactionIndex>> ordered;
    ordered.reserve(entries_.size());
    for (const auto& [payment, entry] : entries_) ordered.emplace_back(entry.sequence, payment);
    std::ranges::sort(ordered);
    std::vector<TransactionIndex> payments;
    payments.reserve(ordered.size());
    for (const auto& [sequence, payment] : ordered) payments.push_back(payment);
    return payments;
}

std::size_t PoolGraph::memory_bytes() const {
    constexpr std::size_t entry_bytes = sizeof(PoolEntry) + sizeof(TransactionIndex) + 1;
    constexpr std::size_t coin_bytes = sizeof(CoinIndex) + sizeof(TransactionIndex) + 1;
    return entries_.bucket_count() * entry_bytes +
           (spenders_.bucket_count() + creators_.bucket_count()) * coin_bytes;
}

}  // namespace bezant
