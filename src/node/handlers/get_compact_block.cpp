// SPDX-License-Identifier: Apache-2.0
#include "node/compact_block.hpp"
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/participant_state.hpp"
#include "node/service.hpp"
#include "node/turn.hpp"

namespace bezant {

// Only who was told of a block asks for it so, and we told of it when it was found valid.
void on_message(Turn& turn, Peer& peer, const GetCompactBlock& request) {
    ParticipantState& self = turn.self;
    if (!may_be_served_block(turn, peer, request.block)) return;
    if (is_deeper_than(self, request.block, compact_depth_max))
        return turn.send(peer, BlockMessage{.block = request.block});
    turn.send(peer, make_compact_block(self.archive, request.block, self.shown_number()));
}

}  // namespace bezant
