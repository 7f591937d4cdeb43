// SPDX-License-Identifier: Apache-2.0
#include "node/compact_senders.hpp"

#include <algorithm>

#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

CompactSenders::Change CompactSenders::was_first(PeerId peer, bool outbound) {
    Change change{.is_new = !contains(peer), .former = std::nullopt};
    if (!change.is_new) {
        forget(peer);
    } else if (senders_.size() == compact_senders_max) {
        const auto former = senders_.begin() + static_cast<std::ptrdiff_t>(place_to_free(outbound));
        change.former = former->peer;
        senders_.erase(former);
    }
    senders_.push_back({.peer = peer, .outbound = outbound});
    return change;
}

std::size_t CompactSenders::place_to_free(bool for_outbound) const {
    const bool is_last_outbound =
        senders_.front().outbound && std::ranges::count(senders_, true, &Sender::outbound) == 1;
    return is_last_outbound && !for_outbound ? 1 : 0;
}

void CompactSenders::forget(PeerId peer) {
    const auto found = std::ranges::find(senders_, peer, &Sender::peer);
    if (found != senders_.end()) senders_.erase(found);
}

bool CompactSenders::contains(PeerId peer) const {
    return std::ranges::find(senders_, peer, &Sender::peer) != senders_.end();
}

void offer_compact_blocks(Turn& turn, Peer& peer) {
    if (turn.self.options.block_relay == BlockRelay::compact)
        turn.send(peer, SendCompact{.unasked = false});
}

void prefer_sender(Turn& turn, Peer& peer) {
    if (!peer.reads_compact || turn.self.options.block_relay != BlockRelay::compact) return;
    const auto change = turn.self.compact_senders.was_first(peer.id, peer.outbound);
    if (!change.is_new) return;
    if (change.former) {
        if (const Peer* former = turn.self.peers.find(*change.former))
            turn.send(*former, SendCompact{.unasked = false});
    }
    peer.may_send_unasked = true;
    turn.send(peer, SendCompact{.unasked = true});
}

}  // namespace bezant
