// SPDX-License-Identifier: Apache-2.0
#include "mempool/mempool.hpp"

#include "mempool/pool_view.hpp"

namespace bezant {

Mempool::Mempool(Archive& archive, MempoolLimits limits)
    : archive_(archive), limits_(limits), graph_(archive.coins()), orphans_(limits.orphans_max) {}

bool Mempool::contains(TransactionIndex payment) const { return graph_.find(payment) != nullptr; }

std::optional<TransactionIndex> Mempool::find(const TransactionId& id) const {
    const auto first = archive_.coins().find({.transaction = id, .index = 0});
    return first ? graph_.creator(*first) : std::nullopt;
}

const PoolEntry* Mempool::entry(TransactionIndex payment) const { return graph_.find(payment); }

std::vector<TransactionIndex> Mempool::ancestors(TransactionIndex payment) const {
    return graph_.ancestors(payment);
}

std::vector<TransactionIndex> Mempool::descendants(TransactionIndex payment) const {
    return graph_.descendants(payment);
}

std::size_t Mempool::size() const { return graph_.size(); }

std::size_t Mempool::bytes() const { return graph_.bytes(); }

std::optional<Amount> Mempool::fee(TransactionIndex payment) const {
    const PoolEntry* entry = graph_.find(payment);
    if (entry == nullptr) return std::nullopt;
    return entry->fee;
}

std::optional<TransactionIndex> Mempool::spender(CoinIndex coin) const {
    return graph_.spender(coin);
}

bool Mempool::creates(CoinIndex coin) const { return graph_.creator(coin).has_value(); }

CoinLookup Mempool::coin(CoinIndex coin, BlockIndex tip) const {
    CoinLookup lookup = PoolView{archive_, graph_, tip}.at(coin);
    if (lookup.state == CoinState::unspent && spender(coin)) lookup.state = CoinState::spent;
    return lookup;
}

std::vector<TransactionIndex> Mempool::payments() const { return graph_.in_order(); }

void Mempool::hold_facts(HeldFacts& held) const {
    graph_.hold_facts(held);
    held.hold_all(orphans_.payments());
}

std::size_t Mempool::memory_bytes() const { return sizeof(*this) + graph_.memory_bytes(); }

}  // namespace bezant
