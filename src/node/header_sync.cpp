// SPDX-License-Identifier: Apache-2.0
#include "node/header_sync.hpp"

#include <algorithm>

#include "node/conduct.hpp"
#include "node/liveness.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

// From the best header's parent on, so that a neighbour on the same branch shows that it is.
BlockIndex known_to_ask_from(const ParticipantState& self) {
    const BlockIndex best = self.chain.best_header();
    return best == genesis_index ? best : self.archive.blocks()[best].parent;
}

bool is_far_ahead(const ParticipantState& self, const Peer& peer) {
    const Height ours = self.archive.blocks()[self.chain.best_header()].height;
    return peer.height.value > ours.value + headers_per_message_max;
}

void ask(Turn& turn, Peer& peer, GetHeaders question) {
    if (peer.headers_asked) return;
    peer.headers_seen = true;
    peer.headers_asked = HeaderRequest{.stage = RequestStage::asked, .asked_at = turn.now};
    turn.send(peer, std::move(question));
    watch_requests(turn, peer);
}

void note_answer(Peer& peer) {
    peer.headers_asked.reset();
    peer.unconnected = 0;
}

}  // namespace

void consider_asking_headers(Turn& turn, Peer& peer) {
    if (peer.headers_seen) return;
    if (is_far_ahead(turn.self, peer)) {
        if (turn.self.header_lead) return;
        turn.self.header_lead = peer.id;
    }
    ask_headers(turn, peer, known_to_ask_from(turn.self));
}

void ask_headers(Turn& turn, Peer& peer, BlockIndex known) {
    if (peer.headers_asked) return;
    ask(turn, peer, {.locator = turn.self.archive.blocks().locator(known)});
}

void ask_headers_beyond(Turn& turn, Peer& peer, const BlockHash& end, BlockIndex start) {
    const BlockTree& blocks = turn.self.archive.blocks();
    note_answer(peer);
    GetHeaders question{.locator = blocks.locator(start)};
    if (const auto block = blocks.find(end)) {
        question.locator.insert(question.locator.begin(), *block);
    } else {
        question.beyond = end;
    }
    ask(turn, peer, std::move(question));
}

void ask_headers_again(Turn& turn, Peer& peer, BlockIndex start) {
    note_answer(peer);
    ask_headers(turn, peer, start);
}

void headers_arrived(Turn& turn, Peer& peer, std::size_t count, BlockIndex last) {
    note_answer(peer);
    if (count == headers_per_message_max) return ask_headers(turn, peer, last);
    pass_header_lead(turn, peer);
}

// Our question may have crossed with what the neighbour announces, so that some more of it leads
// nowhere until the answer is there; that connects, for our locator ends with genesis.
void headers_led_nowhere(Turn& turn, Peer& peer) {
    if (++peer.unconnected > unconnected_headers_max)
        return misbehave(turn, peer, Misconduct::unconnected_headers);
    of_no_use(turn, peer);
    if (peer.dropped) return;
    ask_headers(turn, peer, known_to_ask_from(turn.self));
}

void header_is_early(Turn& turn, Peer& peer, BlockIndex block) {
    const std::int64_t time = turn.self.archive.blocks()[block].header.time;
    const std::int64_t ahead_max = turn.self.archive.parameters().future_seconds_max;
    const Time good_at = from_unix_seconds(time - ahead_max);
    peer.future_header_at = std::min(good_at, turn.now + future_header_wait_max);
    watch_requests(turn, peer);
}

void retry_future_header(Turn& turn, Peer& peer) {
    if (!peer.future_header_at || turn.now < *peer.future_header_at) return;
    peer.future_header_at.reset();
    ask_headers(turn, peer, known_to_ask_from(turn.self));
}

void give_up_headers(Turn& turn, Peer& peer) {
    peer.headers_asked->stage = RequestStage::given_up;
    pass_header_lead(turn, peer);
}

void pass_header_lead(Turn& turn, const Peer& peer) {
    if (turn.self.header_lead != peer.id) return;
    turn.self.header_lead.reset();
    for (Peer& other : turn.self.peers.greeted()) consider_asking_headers(turn, other);
}

}  // namespace bezant
