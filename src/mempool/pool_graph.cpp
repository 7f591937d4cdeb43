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

}  // namespace

bool FeeRate::pays_less_than(const FeeRate& other) const {
    return Wide{fee} * other.bytes < Wide{other.fee} * bytes;
}

Amount FeeRate::per_kilobyte() const {
    constexpr std::uint64_t bytes_per_kilobyte = 1'000;
    const Wide rate = Wide{fee} * bytes_per_kilobyte / bytes;
    return Amount{static_cast<std::uint64_t>(std::min(rate, Wide{UINT64_MAX}))};
}

void PoolGraph::clear() {
    entries_.clear();
    other_spenders_.clear();
    other_creators_.clear();
    bytes_ = 0;
    next_sequence_ = 0;
}

void PoolGraph::insert(TransactionIndex payment, const TransactionFact& fact, Amount fee) {
    PoolEntry* entry = entries_.emplace(payment, {.payment = payment,
                                                  .bytes = fact.bytes,
                                                  .fee = fee,
                                                  .sequence = next_sequence_++,
                                                  .links = nullptr});
    CHECK(entry != nullptr, "a payment is held once");
    for (const CoinIndex coin : fact.spends) {
        if (coins_.spending_transaction(coin) != payment) {
            CHECK(!spender(coin), "held payments do not conflict");
            other_spenders_.emplace(coin, payment);
        }
        if (const auto parent = creator(coin)) link(*entry, *parent);
    }
    for (const CoinIndex coin : fact.creates)
        if (coins_.transaction(coin) != payment) other_creators_.emplace(coin, payment);
    bytes_ += fact.bytes;
}

void PoolGraph::link(PoolEntry& child, TransactionIndex parent) {
    PoolEntry& held = entries_[parent];
    if (!child.links) child.links = std::make_unique<PoolLinks>();
    if (!held.links) held.links = std::make_unique<PoolLinks>();
    link_once(child.links->parents, parent);
    link_once(held.links->children, child.payment);
}

void PoolGraph::unlink(const PoolEntry& entry) {
    if (!entry.links) return;
    for (const TransactionIndex parent : entry.links->parents)
        std::erase(entries_[parent].links->children, entry.payment);
    for (const TransactionIndex child : entry.links->children)
        std::erase(entries_[child].links->parents, entry.payment);
}

void PoolGraph::remove(TransactionIndex payment, const TransactionFact& fact) {
    const PoolEntry* entry = entries_.find(payment);
    CHECK(entry != nullptr, "what is removed was held");
    unlink(*entry);
    bytes_ -= entry->bytes;
    entries_.erase(payment);
    for (const CoinIndex coin : fact.spends)
        if (coins_.spending_transaction(coin) != payment) other_spenders_.erase(coin);
    for (const CoinIndex coin : fact.creates)
        if (coins_.transaction(coin) != payment) other_creators_.erase(coin);
}

const PoolEntry* PoolGraph::find(TransactionIndex payment) const { return entries_.find(payment); }

// What the table has for a coin does not change while it is held: so whoever is in others_ stays
// there, and whoever is not need not be.
std::optional<TransactionIndex> PoolGraph::held(TransactionIndex known, CoinIndex coin,
                                                const CoinMap& others) const {
    if (entries_.contains(known)) return known;
    if (others.empty()) return std::nullopt;
    const auto found = others.find(coin);
    return found == others.end() ? std::nullopt : std::optional{found->second};
}

std::optional<TransactionIndex> PoolGraph::spender(CoinIndex coin) const {
    return held(coins_.spending_transaction(coin), coin, other_spenders_);
}

// Nearly always the payment is the only one known that spends the coin.
std::optional<TransactionIndex> PoolGraph::rival(TransactionIndex payment, CoinIndex coin) const {
    const TransactionIndex known = coins_.spending_transaction(coin);
    if (known == payment && other_spenders_.empty()) return std::nullopt;
    return held(known, coin, other_spenders_);
}

std::optional<TransactionIndex> PoolGraph::creator(CoinIndex coin) const {
    return held(coins_.transaction(coin), coin, other_creators_);
}

std::vector<TransactionIndex> PoolGraph::ancestors(TransactionIndex payment,
                                                   std::size_t count_max) const {
    return reach(payment, &PoolLinks::parents, count_max);
}

std::vector<TransactionIndex> PoolGraph::descendants(TransactionIndex payment,
                                                     std::size_t count_max) const {
    return reach(payment, &PoolLinks::children, count_max);
}

std::vector<TransactionIndex> PoolGraph::reach(TransactionIndex payment, Links links,
                                               std::size_t count_max) const {
    std::vector<TransactionIndex> reached{payment};
    for (std::size_t next = 0; next < reached.size() && reached.size() <= count_max; ++next) {
        const PoolEntry* entry = find(reached[next]);
        CHECK(entry != nullptr, "links lead to held payments");
        if (!entry->links) continue;
        for (const TransactionIndex other : entry->links.get()->*links) link_once(reached, other);
    }
    return reached;
}

std::vector<TransactionIndex> PoolGraph::in_order() const {
    std::vector<std::pair<std::uint64_t, TransactionIndex>> ordered;
    ordered.reserve(entries_.size());
    entries_.for_each([&](TransactionIndex payment, const PoolEntry& entry) {
        ordered.emplace_back(entry.sequence, payment);
    });
    std::ranges::sort(ordered);
    std::vector<TransactionIndex> payments;
    payments.reserve(ordered.size());
    for (const auto& [sequence, payment] : ordered) payments.push_back(payment);
    return payments;
}

void PoolGraph::hold_facts(HeldFacts& held) const {
    entries_.for_each([&](TransactionIndex payment, const PoolEntry&) { held.hold(payment); });
}

std::size_t PoolGraph::memory_bytes() const {
    constexpr std::size_t coin_bytes = sizeof(CoinIndex) + sizeof(TransactionIndex) + 1;
    return entries_.memory_bytes() +
           (other_spenders_.bucket_count() + other_creators_.bucket_count()) * coin_bytes;
}

}  // namespace bezant
