// SPDX-License-Identifier: Apache-2.0
#include "node/liveness.hpp"

#include <algorithm>

#include "node/block_sync.hpp"
#include "node/conduct.hpp"
#include "node/header_sync.hpp"
#include "node/limits.hpp"
#include "node/participant_state.hpp"
#include "node/payment_fetch.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

void ping(Turn& turn, Peer& peer) {
    peer.ping = turn.self.shown_number();
    peer.pinged_at = turn.now;
    turn.send(peer, Ping{.nonce = *peer.ping});
}

bool has_given_up(const Peer& peer) {
    return peer.blocks_asked.has_given_up() || peer.payments_asked.has_given_up() ||
           (peer.headers_asked && peer.headers_asked->stage == RequestStage::given_up);
}

/// Sends the ping that proves whether what is overdue was withheld; one at a time.
void probe(Turn& turn, Peer& peer) {
    if (peer.ping || !has_given_up(peer)) return;
    peer.blocks_asked.probe();
    peer.payments_asked.probe();
    if (peer.headers_asked && peer.headers_asked->stage == RequestStage::given_up)
        peer.headers_asked->stage = RequestStage::probed;
    ping(turn, peer);
}

/// Unless the clock was set back meanwhile.
void measure_ping(const Turn& turn, Peer& peer) {
    if (*peer.pinged_at > turn.now) return;
    const Duration taken = turn.now - *peer.pinged_at;
    peer.ping_time = std::min(peer.ping_time.value_or(taken), taken);
}

/// Forgets what should have come before the pong; whether there was anything.
bool close_probed(const Turn& turn, Peer& peer) {
    std::size_t withheld =
        peer.blocks_asked.close_probed(turn.now) + peer.payments_asked.close_probed(turn.now);
    if (peer.headers_asked && peer.headers_asked->stage == RequestStage::probed) {
        peer.headers_asked.reset();
        ++withheld;
    }
    return withheld != 0;
}

/// Since when the oldest question keeps us waiting that has not been given up.
std::optional<Time> waiting_since(const Peer& peer) {
    std::optional<Time> oldest;
    const auto consider = [&](Time since) { oldest = std::min(oldest.value_or(since), since); };
    if (peer.headers_asked && peer.headers_asked->stage == RequestStage::asked)
        consider(peer.headers_asked->asked_at);
    if (peer.blocks_asked.is_asking()) consider(peer.blocks_asked.waiting_since());
    if (peer.payments_asked.is_asking()) consider(peer.payments_asked.waiting_since());
    return oldest;
}

bool is_overdue(const Turn& turn, Time since) {
    return turn.now - since >= turn.self.options.request_timeout;
}

void give_up_overdue(Turn& turn, Peer& peer) {
    if (peer.headers_asked && peer.headers_asked->stage == RequestStage::asked &&
        is_overdue(turn, peer.headers_asked->asked_at))
        give_up_headers(turn, peer);
    if (peer.blocks_asked.is_asking() && is_overdue(turn, peer.blocks_asked.waiting_since()))
        give_up_bodies(turn, peer);
    if (peer.payments_asked.is_asking() && is_overdue(turn, peer.payments_asked.waiting_since()))
        give_up_payments(turn, peer);
}

}  // namespace

void watch_requests(Turn& turn, Peer& peer) {
    const Duration timeout = turn.self.options.request_timeout;
    if (peer.timing_requests || timeout <= Duration{}) return;
    const auto since = waiting_since(peer);
    if (!since && !peer.future_header_at) return;
    // The clock may have been set: however it stands, this is looked at again in time.
    const Duration left = since ? timeout - (turn.now - *since) : timeout;
    peer.timing_requests = true;
    turn.wake(TimerKind::request_timeout, peer, std::clamp(left, milliseconds(1), timeout));
}

void check_requests(Turn& turn, Peer& peer) {
    peer.timing_requests = false;
    give_up_overdue(turn, peer);
    probe(turn, peer);
    retry_future_header(turn, peer);
    watch_requests(turn, peer);
}

// Intervals are counted, not measured: a participant's clock may be set while it runs.
void check_alive(Turn& turn, Peer& peer) {
    constexpr std::int64_t quiet_intervals_min = 3;
    const Duration interval = turn.self.options.ping_interval;
    const std::int64_t quiet_intervals_max =
        std::max(quiet_intervals_min, silence_max.microseconds / interval.microseconds);
    if (peer.quiet_intervals >= quiet_intervals_max) return drop(turn, peer, Misconduct::silent);
    if (peer.quiet_intervals > 0 && !peer.ping) ping(turn, peer);
    ++peer.quiet_intervals;
    peer.floors_heard = 0;
    turn.wake(TimerKind::ping, peer, interval);
}

void ping_caller(Turn& turn, Peer& peer) {
    if (!peer.outbound && turn.self.options.inbound_slots < peers_max) ping(turn, peer);
}

void pong_arrived(Turn& turn, Peer& peer) {
    peer.ping.reset();
    measure_ping(turn, peer);
    if (close_probed(turn, peer)) misbehave(turn, peer, Misconduct::withheld_data);
    if (peer.dropped) return;
    probe(turn, peer);
    ask_waiting_payments(turn, peer);
    ask_for_bodies(turn);
}

}  // namespace bezant
