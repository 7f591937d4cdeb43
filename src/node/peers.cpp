// SPDX-License-Identifier: Apache-2.0
#include "node/peers.hpp"

#include <algorithm>
#include <functional>

#include "base/check.hpp"
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
