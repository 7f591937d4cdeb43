// SPDX-License-Identifier: Apache-2.0
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/turn.hpp"

namespace bezant {

// First that compact blocks are read, and nothing is to come unasked; then each time that this
// changes. So the same is never said twice.
void on_message(Turn& turn, Peer& peer, const SendCompact& message) {
    const bool is_news =
        peer.reads_compact ? message.unasked != peer.wants_unasked : !message.unasked;
    if (!is_news) return misbehave(turn, peer, Misconduct::unexpected_message);
    of_no_use(turn, peer);
    peer.reads_compact = true;
    peer.wants_unasked = message.unasked;
}

}  // namespace bezant
