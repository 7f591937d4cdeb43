// SPDX-License-Identifier: Apache-2.0
#include "node/service.hpp"

#include "node/conduct.hpp"
#include "node/limits.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

std::uint64_t served_max(const ParticipantState& self) {
    return service_slack + service_factor * (std::uint64_t{self.chain.height().value} + 1);
}

bool may_be_served_block(Turn& turn, Peer& peer, BlockIndex block) {
    if (!turn.self.chain.is_connected(block)) {
        misbehave(turn, peer, Misconduct::unexpected_message);
        return false;
    }
    if (++peer.blocks_served <= served_max(turn.self)) return true;
    misbehave(turn, peer, Misconduct::flooding);
    return false;
}

bool is_deeper_than(const ParticipantState& self, BlockIndex block, std::uint32_t depth) {
    return self.archive.blocks()[block].height.value + std::uint64_t{depth} <
           self.chain.height().value;
}

}  // namespace bezant
