// SPDX-License-Identifier: Apache-2.0
#include "node/block_announcer.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

bool is_catching_up(const ParticipantState& self) {
    const Height best = self.archive.blocks()[self.chain.best_header()].height;
    return best.value > self.chain.height().value + headers_announced_max;
}

/// How many blocks up to the tip the neighbour lacks, as far as we know.
std::uint32_t count_lacked(const Peer& peer, BlockIndex tip, const BlockTree& blocks) {
    const Height theirs = blocks[peer.theirs.last_shared(tip, blocks)].height;
    const Height told = blocks[peer.told.last_shared(tip, blocks)].height;
    return blocks[tip].height.value - std::max(theirs, told).value;
}

/// Headers from the first that is lacked to the tip; the tip alone if they are many.
std::vector<BlockIndex> last_headers(BlockIndex tip, std::uint32_t lacked,
                                     const BlockTree& blocks) {
    if (lacked > headers_announced_max) return {tip};
    std::vector<BlockIndex> headers;
    for (BlockIndex block = tip; headers.size() < lacked; block = blocks[block].parent)
        headers.push_back(block);
    std::ranges::reverse(headers);
    return headers;
}

/// The tip in compact form, made when the first neighbour is to get it.
class CompactTip {
public:
    explicit CompactTip(ParticipantState& self) : self_(self) {}

    const CompactBlock& message() {
        if (!message_)
            message_ = make_compact_block(self_.archive, self_.chain.tip(), self_.shown_number());
        return *message_;
    }

private:
    ParticipantState& self_;
    std::optional<CompactBlock> message_;
};

}  // namespace

void announce_tip(Turn& turn) {
    ParticipantState& self = turn.self;
    if (is_catching_up(self)) return;
    const BlockTree& blocks = self.archive.blocks();
    const BlockIndex tip = self.chain.tip();
    CompactTip compact{self};
    const bool sends_compact = self.options.block_relay == BlockRelay::compact;
    for (Peer& peer : self.peers.greeted()) {
        const std::uint32_t lacked = count_lacked(peer, tip, blocks);
        if (lacked == 0) continue;
        peer.told.add(tip, blocks);
        if (sends_compact && peer.wants_unasked && lacked == 1) {
            turn.send(peer, compact.message());
        } else {
            turn.send(peer, Headers{.headers = last_headers(tip, lacked, blocks)});
        }
    }
}

}  // namespace bezant
