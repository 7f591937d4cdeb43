// SPDX-License-Identifier: Apache-2.0
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/limits.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

// Payments that were held back are not told of later, when the floor falls: there are newer ones.
void on_message(Turn& turn, Peer& peer, const FeeFloor& message) {
    const Amount floor = message.fee_per_kilobyte;
    if (floor > turn.self.archive.supply_max())
        return misbehave(turn, peer, Misconduct::malformed_message);
    if (floor == peer.their_floor) return misbehave(turn, peer, Misconduct::unexpected_message);
    if (++peer.floors_heard > fee_floors_per_ping_max)
        return misbehave(turn, peer, Misconduct::flooding);
    peer.their_floor = floor;
}

}  // namespace bezant
