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

    /// A neighbour that is dropped and not yet removed, if there is one. Linear.
    [[nodiscard]] Peer* first_dropped();

    [[nodiscard]] std::size_t size() const { return peers_.size(); }
    [[nodiscard]] std::size_t memory_bytes() const;

    /// All of them, those that are being dropped included.
    [[nodiscard]] auto all() {
        return peers_ | std::views::transform([](auto& peer) -> Peer& { return *peer; });
    }
    [[nodiscard]] auto all() const {
        return peers_ |
               std::views::transform([](const auto& peer) -> const Peer& { return *peer; });
    }

    /// The neighbours to talk to: they have greeted, and are not being dropped.
    [[nodiscard]] auto greeted() {
        return peers_ | std::views::transform([](auto& peer) -> Peer& { return *peer; }) |
               std::views::filter([](const Peer& peer) { return peer.greeted && !peer.dropped; });
    }

private:
    std::vector<std::unique_ptr<Peer>> peers_;  // ordered by id
    std::vector<std::uint32_t> free_slots_;     // a heap, lowest first
};

}  // namespace bezant
