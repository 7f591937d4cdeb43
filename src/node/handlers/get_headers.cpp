// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/limits.hpp"
#include "node/participant_state.hpp"
#include "node/service.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// The newest block of the locator that is on our best chain; genesis is, always.
BlockIndex last_shared(const ParticipantState& self, const GetHeaders& request) {
    const LocalChain& chain = self.chain;
    const auto beyond = request.beyond ? self.archive.blocks().find(*request.beyond) : std::nullopt;
    if (beyond && chain.is_on_best_chain(*beyond)) return *beyond;
    const auto shared = std::ranges::find_if(
        request.locator, [&](BlockIndex block) { return chain.is_on_best_chain(block); });
    return shared == request.locator.end() ? genesis_index : *shared;
}

/// Headers of the best chain above this height, oldest first, as many as a message may hold.
std::vector<BlockIndex> headers_above(const ParticipantState& self, Height height) {
    const std::size_t above = self.chain.height().value - height.value;
    const std::size_t count = std::min(above, headers_per_message_max);
    std::vector<BlockIndex> headers(count);
    BlockIndex block =
        self.chain.block_at(Height{height.value + static_cast<std::uint32_t>(count)});
    for (std::size_t i = count; i-- > 0; block = self.archive.blocks()[block].parent)
        headers[i] = block;
    return headers;
}

}  // namespace

// Only headers of blocks that were found valid are told: whoever learns a header from us can fetch
// its body from us. An answer may be empty, but there always is one.
void on_message(Turn& turn, Peer& peer, const GetHeaders& request) {
    const ParticipantState& self = turn.self;
    if (request.locator.size() + (request.beyond ? 1 : 0) > locator_entries_max)
        return misbehave(turn, peer, Misconduct::too_large_message);
    of_no_use(turn, peer);
    const BlockTree& blocks = self.archive.blocks();
    const BlockIndex shared = last_shared(self, request);
    std::vector<BlockIndex> headers = headers_above(self, blocks[shared].height);
    peer.headers_served += headers.size() + 1;
    if (peer.headers_served > served_max(self)) return misbehave(turn, peer, Misconduct::flooding);
    if (!headers.empty()) peer.told.add(headers.back(), blocks);
    turn.send(peer, Headers{.headers = std::move(headers)});
}

}  // namespace bezant
