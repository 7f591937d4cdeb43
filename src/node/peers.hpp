// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <ranges>
#include <vector>

#include "node/peer.hpp"

namespace bezant {

/// The neighbours, always gone through in the order of their ids. References stay good until the
/// neighbour is removed.
class Peers {
public:
    /// A new neighbour, with the lowest slot that is free. There is none with this id, and fewer
    /// than peers_max.
    Peer& add(PeerId id);
    void remove(PeerId id);

    /// Nothing if it is not (or no longer) a neighbour. O(log n).
    [[nodiscard]] Peer* find(PeerId id);

    /// They will be looked at soon: where they are comes into the processor's cache, and then,
    void expect_search() const;
    /// one of them, or
    void expect_use(PeerId id) const;
    /// what is looked at of all of them when a payment is taken in.
    void expect_all() const;

    /// A neighbour that is dropped and not yet removed, if there is one. Linear.
    [[nodiscard]] Peer* first_dropped();

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::size_t memory_bytes() const;

    /// All of them, those that are being dropped included.
    [[nodiscard]] auto all() {
        return entries_ | std::views::transform([](auto& entry) -> Peer& { return *entry.peer; });
    }
    [[nodiscard]] auto all() const {
        return entries_ |
               std::views::transform([](const auto& entry) -> const Peer& { return *entry.peer; });
    }

    /// The neighbours to talk to: they have greeted, and are not being dropped.
    [[nodiscard]] auto greeted() {
        return all() |
               std::views::filter([](const Peer& peer) { return peer.greeted && !peer.dropped; });
    }

private:
    /// The id stands beside the neighbour, so that looking for one touches no other.
    struct Entry {
        PeerId id;
        std::unique_ptr<Peer> peer;
    };

    std::vector<Entry> entries_;             // ordered by id
    std::vector<std::uint32_t> free_slots_;  // a heap, lowest first
};

}  // namespace bezant
