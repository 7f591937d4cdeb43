// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "base/prefetch.hpp"
#include "node/event.hpp"

namespace bezant::sim {

/// A participant's open connections: over which link each is, by the number under which he knows
/// it. Numbers ascend from 0 and are never used again; a connection that has ended takes no room.
class OpenConnections {
public:
    using EdgeIndex = std::uint32_t;

    /// One more, under the next number.
    PeerId add(EdgeIndex edge) {
        entries_.push_back({.peer = PeerId{next_}, .edge = edge});
        return PeerId{next_++};
    }
    /// It must be there.
    void remove(PeerId peer) {
        const auto* const found = find(peer);
        CHECK(found != nullptr, "what is closed was open");
        entries_.erase(entries_.begin() + (found - entries_.data()));
    }
    [[nodiscard]] bool contains(PeerId peer) const { return find(peer) != nullptr; }
    /// Over which link; it must be there.
    [[nodiscard]] EdgeIndex edge(PeerId peer) const {
        const auto* const found = find(peer);
        CHECK(found != nullptr, "an open connection is over a link");
        return found->edge;
    }
    /// It will be asked soon: brings the first and the last into the processor's cache.
    void expect_search() const {
        if (entries_.empty()) return;
        prefetch(&entries_.front());
        prefetch(&entries_.back());
    }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        PeerId peer;
        EdgeIndex edge = 0;
    };

    /// Where none has ended before it, it is found at the first look; else in O(log size).
    [[nodiscard]] const Entry* find(PeerId peer) const {
        if (entries_.empty() || peer < entries_.front().peer) return nullptr;
        const std::size_t place = peer.value - entries_.front().peer.value;
        if (place < entries_.size() && entries_[place].peer == peer) return &entries_[place];
        const auto found = std::ranges::lower_bound(entries_, peer, {}, &Entry::peer);
        return found == entries_.end() || found->peer != peer ? nullptr : &*found;
    }

    std::vector<Entry> entries_;  ///< by number
    std::uint32_t next_ = 0;
};

}  // namespace bezant::sim
