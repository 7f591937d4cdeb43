// SPDX-License-Identifier: Apache-2.0
#include "node/block_announcer.hpp"

#include <algorithm>
#include <vector>

#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

bool is_catching_up(const ParticipantState& self) {
    const Height best = self.archive.blocks()[self.chain.best_header()].height;
    return best.value > self.chain.height().value + headers_announced_max;
}

/// Headers from the first that the neighbour lacks to the tip; the tip alone if they are many.
std::vector<BlockIndex> headers_lacked(const Peer& peer, BlockIndex tip, const BlockTree& blocks) {
    const Height theirs = blocks[peer.theirs.last_shared(tip, blocks)].height;
    const Height told = blocks[peer.told.last_shared(tip, blocks)].height;
    const std::uint32_t lacked = blocks[tip].height.value - std::max(theirs, told).value;
    if (lacked > headers_announced_max) return {tip};
    std::vector<BlockIndex> headers;
    for (BlockIndex block = tip; headers.size() < lacked; block = blocks[block].parent)
        headers.push_back(block);
    std::ranges::reverse(headers);
    return headers;
}

}  // namespace

void announce_tip(Turn& turn) {
    ParticipantState& self = turn.self;
    if (is_catching_up(self)) return;
    const BlockTree& blocks = self.archive.blocks();
    const BlockIndex tip = self.chain.tip();
    for (Peer& peer : self.peers.greeted()) {
        std::vector<BlockIndex> headers = headers_lacked(peer, tip, blocks);
        if (headers.empty()) continue;
        peer.told.add(tip, blocks);
        turn.send(peer, Headers{.headers = std::move(headers)});
    }
}

}  // namespace bezant
