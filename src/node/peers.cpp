// SPDX-License-Identifier: Apache-2.0
#include "node/peers.hpp"

#include <algorithm>
#include <functional>

#include "base/check.hpp"
#include "base/prefetch.hpp"
#include "node/limits.hpp"

namespace bezant {

namespace {

auto position(auto& entries, PeerId id) {
    return std::ranges::lower_bound(entries, id, {}, [](const auto& entry) { return entry.id; });
}

}  // namespace

Peer& Peers::add(PeerId id) {
    CHECK(entries_.size() < peers_max, "the driver accepts no more neighbours than peers_max");
    const auto place = position(entries_, id);
    CHECK(place == entries_.end() || place->id != id, "a neighbour's id is never used twice");
    auto peer = std::make_unique<Peer>();
    peer->id = id;
    peer->slot = static_cast<std::uint32_t>(entries_.size());
    if (!free_slots_.empty()) {
        std::ranges::pop_heap(free_slots_, std::greater{});
        peer->slot = free_slots_.back();
        free_slots_.pop_back();
    }
    return *entries_.insert(place, {.id = id, .peer = std::move(peer)})->peer;
}

void Peers::remove(PeerId id) {
    const auto place = position(entries_, id);
    CHECK(place != entries_.end() && place->id == id, "only a neighbour is removed");
    free_slots_.push_back(place->peer->slot);
    std::ranges::push_heap(free_slots_, std::greater{});
    entries_.erase(place);
}

Peer* Peers::find(PeerId id) {
    const auto place = position(entries_, id);
    return place == entries_.end() || place->id != id ? nullptr : place->peer.get();
}

// The first entries, and those in the middle, where a search begins.
void Peers::expect_search() const {
    if (entries_.empty()) return;
    prefetch(entries_.data());
    prefetch(entries_.data() + entries_.size() / 2);
}

void Peers::expect_use(PeerId id) const {
    constexpr std::size_t looked_at_for_payments = 3 * cache_line_bytes;
    const auto place = position(entries_, id);
    if (place != entries_.end()) prefetch(place->peer.get(), looked_at_for_payments);
}

void Peers::expect_all() const {
    for (const Entry& entry : entries_) prefetch(entry.peer.get(), cache_line_bytes);
}

Peer* Peers::first_dropped() {
    const auto place =
        std::ranges::find_if(entries_, [](const auto& entry) { return entry.peer->dropped; });
    return place == entries_.end() ? nullptr : place->peer.get();
}

std::size_t Peers::memory_bytes() const {
    std::size_t bytes = entries_.capacity() * sizeof(entries_.front()) +
                        free_slots_.capacity() * sizeof(free_slots_.front());
    for (const auto& [id, peer] : entries_) {
        bytes += sizeof(Peer) + peer->blocks_asked.memory_bytes() +
                 peer->payments_asked.memory_bytes() +
                 peer->payments_waiting.capacity() * sizeof(TransactionIndex) +
                 peer->addresses_to_send.capacity() * sizeof(HeardAddress) +
                 (peer->presync ? peer->presync->memory_bytes() : 0) +
                 (peer->partial ? peer->partial->memory_bytes() : 0);
    }
    return bytes;
}

}  // namespace bezant
