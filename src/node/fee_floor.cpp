// SPDX-License-Identifier: Apache-2.0
#include "node/fee_floor.hpp"

#include <algorithm>
#include <bit>

#include "node/limits.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// Rounded down to its four highest bits.
Amount rounded(Amount floor) {
    constexpr int bits_kept = 4;
    const int shift = std::max(0, static_cast<int>(std::bit_width(floor.value)) - bits_kept);
    return Amount{floor.value >> shift << shift};
}

Amount floor_to_tell(const ParticipantState& self) {
    const Amount least = self.options.mempool.fee_per_kilobyte_min;
    return std::min(std::max(least, rounded(self.pool.fee_floor())), self.archive.supply_max());
}

/// By more than a third up, or a quarter down: as Bitcoin Core has it.
bool moved_much(Amount told, Amount floor) {
    return floor.value > told.value + told.value / 3 || floor.value < told.value - told.value / 4;
}

void wake_to_tell(Turn& turn, const Peer& peer, Duration after) {
    turn.wake(TimerKind::fee_floor, peer, std::max(after, fee_floor_spacing_min));
}

void plan_to_tell(Turn& turn, Peer& peer, Amount floor) {
    const Duration mean = turn.self.options.fee_floor_interval;
    if (peer.floor_told == floor) return;
    if (!peer.telling_soon && moved_much(peer.floor_told, floor)) {
        peer.telling_floor = peer.telling_soon = true;
        const Duration soon{turn.self.random.between(0, mean.microseconds / 2)};
        return wake_to_tell(turn, peer, soon);
    }
    if (peer.telling_floor) return;
    peer.telling_floor = true;
    wake_to_tell(turn, peer, turn.self.random.exponential(mean));
}

}  // namespace

void tell_fee_floor(Turn& turn, Peer& peer) {
    peer.telling_floor = peer.telling_soon = false;
    const Amount floor = floor_to_tell(turn.self);
    if (turn.self.options.fee_floor_interval <= Duration{} || floor == peer.floor_told) return;
    peer.floor_told = floor;
    turn.send(peer, FeeFloor{.fee_per_kilobyte = floor});
}

void consider_fee_floor(Turn& turn) {
    ParticipantState& self = turn.self;
    if (self.pool.fee_floor() == self.fee_floor || self.options.fee_floor_interval <= Duration{})
        return;
    self.fee_floor = self.pool.fee_floor();
    const Amount floor = floor_to_tell(self);
    for (Peer& peer : self.peers.greeted()) plan_to_tell(turn, peer, floor);
}

bool is_above_floor(const ParticipantState& self, const Peer& peer, TransactionIndex payment) {
    if (peer.their_floor == Amount{}) return true;
    constexpr std::uint64_t bytes_per_kilobyte = 1'000;
    const auto fee = self.pool.fee(payment);
    const FeeRate rate{.fee = fee ? fee->value : 0,
                       .bytes = self.archive.transactions()[payment].bytes};
    return !rate.pays_less_than({.fee = peer.their_floor.value, .bytes = bytes_per_kilobyte});
}

}  // namespace bezant
