// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "node/block_intake.hpp"
#include "node/block_sync.hpp"
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/header_sync.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

bool is_a_chain(std::span<const BlockIndex> headers, const BlockTree& blocks) {
    return std::ranges::adjacent_find(headers, [&](BlockIndex parent, BlockIndex child) {
               return blocks[child].parent != parent;
           }) == headers.end();
}

/// Takes the headers in, up to the first that is refused; the last one taken.
std::optional<BlockIndex> take_headers(Turn& turn, Peer& peer,
                                       std::span<const BlockIndex> headers) {
    std::optional<BlockIndex> last;
    for (const BlockIndex header : headers) {
        if (!take_header(turn, peer, header)) break;
        last = header;
    }
    return last;
}

}  // namespace

// The answer to a question, or the announcement of a new block: both are treated alike.
void on_message(Turn& turn, Peer& peer, const Headers& message) {
    const ParticipantState& self = turn.self;
    const std::span<const BlockIndex> headers = message.headers;
    if (headers.size() > headers_per_message_max)
        return misbehave(turn, peer, Misconduct::too_large_message);
    if (headers.empty()) return headers_arrived(turn, peer, 0, genesis_index);
    const BlockTree& blocks = self.archive.blocks();
    if (!is_a_chain(headers, blocks)) return misbehave(turn, peer, Misconduct::malformed_message);
    if (headers.front() != genesis_index && !self.chain.has_header(blocks[headers.front()].parent))
        return headers_led_nowhere(turn, peer);
    const auto last = take_headers(turn, peer, headers);
    if (peer.dropped) return;
    const BlockIndex reached = last.value_or(genesis_index);
    peer.theirs.add(reached, blocks);
    headers_arrived(turn, peer, reached == headers.back() ? headers.size() : 0, reached);
    ask_for_rivals(turn, peer);
    ask_for_bodies(turn);
}

void on_message(Turn& turn, Peer& peer, const UnconnectedHeaders&) {
    headers_led_nowhere(turn, peer);
}

}  // namespace bezant
