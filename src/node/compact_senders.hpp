// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/container/static_vector.hpp>
#include <optional>

#include "node/event.hpp"
#include "node/limits.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;

/// The neighbours that are asked to send new blocks in compact form without being asked: those
/// that were the last to be the first to send us one (BIP 152, "high-bandwidth mode").
class CompactSenders {
public:
    /// What is to be said to whom after a neighbour was first.
    struct Change {
        bool is_new = false;           ///< it is to send unasked from now on
        std::optional<PeerId> former;  ///< and this one is not, any longer
    };

    /// The neighbour was first. Who was first the longest ago makes room, but never the last
    /// neighbour that we called ourselves for one that called us: callers are cheap to make, and
    /// must not become the only ones that we hear of blocks from.
    Change was_first(PeerId peer, bool outbound);
    /// The neighbour is gone.
    void forget(PeerId peer);

    [[nodiscard]] bool contains(PeerId peer) const;

private:
    struct Sender {
        PeerId peer;
        bool outbound = false;
    };

    [[nodiscard]] std::size_t place_to_free(bool for_outbound) const;

    boost::container::static_vector<Sender, compact_senders_max> senders_;  ///< longest ago first
};

/// The neighbour greeted: is told that compact blocks are read here, if they are.
void offer_compact_blocks(Turn& turn, Peer& peer);

/// The neighbour was the first to send us the new tip.
void prefer_sender(Turn& turn, Peer& peer);

}  // namespace bezant
