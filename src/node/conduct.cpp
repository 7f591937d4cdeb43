// SPDX-License-Identifier: Apache-2.0
#include "node/conduct.hpp"

#include <algorithm>

#include "node/limits.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

std::uint32_t conduct_score(Misconduct misconduct) {
    switch (misconduct) {
        case Misconduct::unrequested_data:
        case Misconduct::unexpected_message:
            return conduct_score_max / 5;
        case Misconduct::withheld_data:
            return conduct_score_max / 2;
        case Misconduct::malformed_message:
        case Misconduct::too_large_message:
        case Misconduct::invalid_header:
        case Misconduct::invalid_block:
        case Misconduct::invalid_payment:
        case Misconduct::unconnected_headers:
        case Misconduct::flooding:
        case Misconduct::silent:
        case Misconduct::wrong_network:
        case Misconduct::self:
        case Misconduct::no_longer_needed:
        case Misconduct::no_room:
            return conduct_score_max;
    }
    CHECK(false, "all kinds of misconduct are listed above");
}

void misbehave(Turn& turn, Peer& peer, Misconduct misconduct) {
    peer.score += conduct_score(misconduct);
    if (peer.score >= conduct_score_max) drop(turn, peer, misconduct);
}

void of_no_use(Turn& turn, Peer& peer, std::uint64_t times) {
    // If the clock was set back, that moment is to come.
    const Duration since = turn.now - peer.useless_credited_at;
    if (since > Duration{})
        peer.useless_credit = std::min(useless_credit_max, peer.useless_credit + since);
    peer.useless_credited_at = turn.now;
    const auto cost = useless_credit_each * static_cast<std::int64_t>(times);
    if (peer.useless_credit < cost) return misbehave(turn, peer, Misconduct::flooding);
    peer.useless_credit = peer.useless_credit - cost;
}

void part(Turn& turn, Peer& peer, Misconduct why) {
    peer.dropped = true;
    turn.self.peers_dropped = true;
    turn.effects.disconnect(peer.id, why);
}

void drop(Turn& turn, Peer& peer, Misconduct why) {
    if (peer.dropped) return;
    part(turn, peer, why);
    const bool may_be_innocent = why == Misconduct::silent || why == Misconduct::withheld_data;
    if (peer.outbound && peer.address && !may_be_innocent)
        turn.self.outbound.shunned.add(*peer.address);
    turn.effects.notice(PeerDropped{.peer = peer.id, .misconduct = why});
}

}  // namespace bezant
