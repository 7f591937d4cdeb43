// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <optional>

#include "chain/fact_index.hpp"
#include "node/event.hpp"
#include "node/limits.hpp"

namespace bezant {

/// Which neighbour is asked for which body, so that no body is asked for twice at a time, and who
/// sent those that came before their ancestors, so that the blame finds them later.
class BlockRequests {
public:
    [[nodiscard]] bool is_asked(BlockIndex block) const { return asked_.contains(block); }
    [[nodiscard]] std::optional<PeerId> asked_of(BlockIndex block) const;
    void ask(BlockIndex block, PeerId peer) { asked_.insert_or_assign(block, peer); }
    /// Nobody is asked any longer, if it was this neighbour.
    void release(BlockIndex block, PeerId peer);
    void release(BlockIndex block) { asked_.erase(block); }

    void remember_sender(BlockIndex block, PeerId peer);
    /// Who sent the body; forgets it.
    std::optional<PeerId> take_sender(BlockIndex block);

    [[nodiscard]] std::size_t memory_bytes() const;

private:
    using Table = boost::unordered_flat_map<BlockIndex, PeerId, IndexHasher>;

    Table asked_;
    Table senders_;
};

inline std::optional<PeerId> BlockRequests::asked_of(BlockIndex block) const {
    const auto found = asked_.find(block);
    if (found == asked_.end()) return std::nullopt;
    return found->second;
}

inline void BlockRequests::release(BlockIndex block, PeerId peer) {
    const auto found = asked_.find(block);
    if (found != asked_.end() && found->second == peer) asked_.erase(found);
}

// Bodies that never connect could pile up: then blame is lost, and nothing else.
inline void BlockRequests::remember_sender(BlockIndex block, PeerId peer) {
    if (senders_.size() >= body_window_max) senders_.clear();
    senders_.insert_or_assign(block, peer);
}

inline std::optional<PeerId> BlockRequests::take_sender(BlockIndex block) {
    const auto found = senders_.find(block);
    if (found == senders_.end()) return std::nullopt;
    const PeerId sender = found->second;
    senders_.erase(found);
    return sender;
}

inline std::size_t BlockRequests::memory_bytes() const {
    return (asked_.bucket_count() + senders_.bucket_count()) * sizeof(Table::value_type);
}

}  // namespace bezant
