// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/header_intake.hpp"
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

}  // namespace

// The answer to a question, or the announcement of a new block: both are treated alike.
void on_message(Turn& turn, Peer& peer, const Headers& message) {
    const std::span<const BlockIndex> headers = message.headers;
    if (headers.size() > headers_per_message_max)
        return misbehave(turn, peer, Misconduct::too_large_message);
    if (headers.empty()) {
        if (!peer.headers_asked) of_no_use(turn, peer);
        return headers_arrived(turn, peer, 0, genesis_index);
    }
    if (!is_a_chain(headers, turn.self.archive.blocks()))
        return misbehave(turn, peer, Misconduct::malformed_message);
    headers_came(turn, peer, headers);
}

// They were read from bytes, and are a chain.
void on_message(Turn& turn, Peer& peer, const NewHeaders& message) {
    headers_came(turn, peer, message.headers);
}

}  // namespace bezant
