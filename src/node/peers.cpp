// SPDX-License-Identifier: Apache-2.0
#include "node/peers.hpp"

#include <algorithm>
#include <functional>

#include "base/check.hpp"
#include "node/limits.hpp"

namespace bezant {

namespace {

auto position(auto& peers, PeerId id) {
    return std::ranges::lower_bound(peers, id, {}, [](const auto& peer) { return peer->id; });
}

}  // namespace

Peer& Peers::add(PeerId id) {
    CHECK(peers_.size() < peers_max, "the driver accepts no more neighbours than peers_max");
    const auto place = position(peers_, id);
    CHECK(place == peers_.end() || (*place)->id != id, "a neighbour's id is never used twice");
    auto peer = std::make_unique<Peer>();
    peer->id = id;
    peer->slot = static_cast<std::uint32_t>(peers_.size());
    if (!free_slots_.empty()) {
        std::ranges::pop_heap(free_slots_, std::greater{});
        peer->slot = free_slots_.back();
        free_slots_.pop_back();
    }
    return **peers_.insert(place, std::move(peer));
}

void Peers::remove(PeerId id) {
    const auto place = position(peers_, id);
    CHECK(place != peers_.end() && (*place)->id == id, "only a neighbour is removed");
    free_slots_.push_back((*place)->slot);
    std::ranges::push_heap(free_slots_, std::greater{});
    peers_.erase(place);
}

Peer* Peers::find(PeerId id) {
    const auto place = position(peers_, id);
    return place == peers_.end() || (*place)->id != id ? nullptr : place->get();
}

Peer* Peers::first_dropped() {
    const auto place = std::ranges::find_if(peers_, [](const auto& peer) { return peer->dropped; });
    return place == peers_.end() ? nullptr : place->get();
}

std::size_t Peers::memory_bytes() const {
    std::size_t bytes = peers_.capacity() * sizeof(peers_.front()) +
                        free_slots_.capacity() * sizeof(free_slots_.front());
    for (const auto& peer : peers_) {
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
