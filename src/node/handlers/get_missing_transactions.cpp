// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/participant_state.hpp"
#include "node/service.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

bool is_well_formed(const GetMissingTransactions& request, std::size_t transactions) {
    const auto& positions = request.positions;
    return !positions.empty() && positions.back() < transactions &&
           std::ranges::adjacent_find(positions, std::ranges::greater_equal{}) == positions.end();
}

}  // namespace

// A block that is deeper by now is sent whole: so nobody can make us read old blocks from the disk
// for the price of a few bytes each.
void on_message(Turn& turn, Peer& peer, const GetMissingTransactions& request) {
    const ParticipantState& self = turn.self;
    if (!may_be_served_block(turn, peer, request.block)) return;
    if (is_deeper_than(self, request.block, missing_transactions_depth_max))
        return turn.send(peer, BlockMessage{.block = request.block});
    const auto body = self.archive.body(request.block);
    if (!is_well_formed(request, body.size()))
        return misbehave(turn, peer, Misconduct::malformed_message);
    MissingTransactions answer{.block = request.block, .transactions = {}};
    for (const std::uint32_t position : request.positions)
        answer.transactions.push_back(self.archive.transactions()[body[position]].transaction);
    turn.send(peer, std::move(answer));
}

}  // namespace bezant
