// SPDX-License-Identifier: Apache-2.0
#include "node/outbound.hpp"

#include <algorithm>
#include <optional>

#include "node/conduct.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

constexpr std::int64_t rest_seconds = 60;
constexpr std::uint32_t rest_doublings_max = 8;

bool fills_slot(const Peer& peer) {
    return peer.purpose == ConnectionPurpose::slot && !peer.dropped;
}

std::size_t calls_for(const ParticipantState& self, ConnectionPurpose purpose) {
    return static_cast<std::size_t>(
        std::ranges::count(self.outbound.calls, purpose, &Call::purpose));
}

std::size_t peers_for(const ParticipantState& self, ConnectionPurpose purpose) {
    return static_cast<std::size_t>(std::ranges::count_if(self.peers.all(), [&](const Peer& peer) {
        return peer.purpose == purpose && !peer.dropped;
    }));
}

std::size_t slots_in_use(const ParticipantState& self) {
    return calls_for(self, ConnectionPurpose::slot) + peers_for(self, ConnectionPurpose::slot);
}

bool is_connected_to(const ParticipantState& self, const NetworkAddress& address) {
    return std::ranges::any_of(self.peers.all(), [&](const Peer& peer) {
        return !peer.dropped && peer.address == address;
    });
}

bool has_slot_in_group_of(const ParticipantState& self, const NetworkAddress& address) {
    const NetworkGroup group = group_of(address);
    return std::ranges::any_of(self.peers.all(),
                               [&](const Peer& peer) {
                                   return fills_slot(peer) && group_of(*peer.address) == group;
                               }) ||
           std::ranges::any_of(self.outbound.calls, [&](const Call& call) {
               return call.purpose == ConnectionPurpose::slot && group_of(call.address) == group;
           });
}

/// It was called not long ago. If the clock was set back, that moment is to come, and says nothing.
bool is_resting(const Turn& turn, const NetworkAddress& address) {
    const KnownAddress* known = turn.self.addresses.find(address);
    if (known == nullptr) return false;
    const std::int64_t since = std::int64_t{seconds_of(turn.now)} - std::int64_t{known->tried_at};
    const std::int64_t rest = rest_seconds << std::min(known->failures, rest_doublings_max);
    return since >= 0 && since < rest;
}

/// Whether it may be called at all now.
bool can_be_called(const Turn& turn, const NetworkAddress& address) {
    const ParticipantState& self = turn.self;
    const bool called = std::ranges::find(self.outbound.calls, address, &Call::address) !=
                        self.outbound.calls.end();
    return !called && is_routable(address, self.addresses.realm()) &&
           address != self.options.advertised_address && !self.outbound.shunned.contains(address) &&
           !is_connected_to(self, address) && !is_resting(turn, address);
}

bool suits_slot(const Turn& turn, const NetworkAddress& address) {
    return can_be_called(turn, address) && !has_slot_in_group_of(turn.self, address);
}

/// Failures are counted against others only while we reach some: else it is we who are cut off.
void call(Turn& turn, const NetworkAddress& address, ConnectionPurpose purpose) {
    ParticipantState& self = turn.self;
    const std::size_t reached = peers_for(self, ConnectionPurpose::slot);
    self.addresses.called(
        address, reached >= std::min<std::size_t>(2, self.options.outbound_slots - 1), turn.now);
    self.outbound.calls.push_back({.address = address, .purpose = purpose});
    turn.effects.dial(address);
}

std::optional<NetworkAddress> next_anchor(const Turn& turn) {
    std::vector<NetworkAddress>& anchors = turn.self.outbound.anchors;
    while (!anchors.empty()) {
        const NetworkAddress anchor = anchors.front();
        anchors.erase(anchors.begin());
        if (suits_slot(turn, anchor)) return anchor;
    }
    return std::nullopt;
}

template <class Suits>
std::optional<NetworkAddress> draw(const Turn& turn, AddressBook::Among among, Suits&& suits) {
    ParticipantState& self = turn.self;
    for (std::size_t i = 0; i < draws_per_call_max; ++i) {
        const auto drawn = self.addresses.draw(among, turn.now, self.address_random);
        if (!drawn || suits(*drawn)) return drawn;
    }
    return std::nullopt;
}

std::optional<NetworkAddress> next_for_slot(const Turn& turn) {
    if (const auto anchor = next_anchor(turn)) return anchor;
    return draw(turn, AddressBook::Among::all,
                [&](const NetworkAddress& address) { return suits_slot(turn, address); });
}

/// One whose place is wanted, if it can be called. If we are connected to it, it need not be.
std::optional<NetworkAddress> next_contested(const Turn& turn) {
    ParticipantState& self = turn.self;
    const auto contested = self.addresses.draw_contested(self.address_random);
    if (contested && is_connected_to(self, *contested))
        self.addresses.succeeded(*contested, turn.now);
    return contested && can_be_called(turn, *contested) ? contested : std::nullopt;
}

std::optional<NetworkAddress> next_for_feeler(const Turn& turn) {
    if (const auto contested = next_contested(turn)) return contested;
    return draw(turn, AddressBook::Among::only_new,
                [&](const NetworkAddress& address) { return can_be_called(turn, address); });
}

/// Who says nothing after the call was answered must not keep a slot for long, or feelers waiting.
void let_go_of_the_mute(Turn& turn) {
    for (Peer& peer : turn.self.peers.all()) {
        const bool was_called =
            peer.purpose == ConnectionPurpose::slot || peer.purpose == ConnectionPurpose::feeler;
        if (was_called && !peer.greeted && !peer.dropped &&
            turn.now - peer.connected_at > greeting_max)
            part(turn, peer, Misconduct::silent);
    }
}

void fill_slots(Turn& turn) {
    const ParticipantState& self = turn.self;
    while (slots_in_use(self) < self.options.outbound_slots) {
        const auto address = next_for_slot(turn);
        if (!address) return;
        call(turn, *address, ConnectionPurpose::slot);
    }
}

void consider_feeler(Turn& turn) {
    const ParticipantState& self = turn.self;
    const bool slots_free = slots_in_use(self) < self.options.outbound_slots;
    const bool feeling =
        calls_for(self, ConnectionPurpose::feeler) + peers_for(self, ConnectionPurpose::feeler) >=
        feelers_max;
    const Duration mean = self.options.feeler_interval;
    if (slots_free || feeling || mean <= Duration{} || !is_due(turn, mean)) return;
    if (const auto address = next_for_feeler(turn)) call(turn, *address, ConnectionPurpose::feeler);
}

}  // namespace

std::size_t Outbound::memory_bytes() const {
    return calls.capacity() * sizeof(Call) +
           (anchors.capacity() + kept_anchors.capacity()) * sizeof(NetworkAddress) +
           shunned.memory_bytes();
}

void tend_calls(Turn& turn) {
    if (turn.self.options.outbound_slots == 0) return;
    turn.self.addresses.settle_collisions(turn.now);
    let_go_of_the_mute(turn);
    fill_slots(turn);
    consider_feeler(turn);
}

bool is_due(const Turn& turn, Duration mean) {
    const Duration interval = turn.self.options.dial_interval;
    return turn.self.address_random.chance(static_cast<std::uint64_t>(interval.microseconds),
                                           static_cast<std::uint64_t>(mean.microseconds));
}

ConnectionPurpose call_answered(Turn& turn, const NetworkAddress& address) {
    std::vector<Call>& calls = turn.self.outbound.calls;
    const auto answered = std::ranges::find(calls, address, &Call::address);
    if (answered == calls.end()) return ConnectionPurpose::ordered;
    const ConnectionPurpose purpose = answered->purpose;
    calls.erase(answered);
    return purpose;
}

void call_failed(Turn& turn, const NetworkAddress& address) {
    std::erase_if(turn.self.outbound.calls,
                  [&](const Call& call) { return call.address == address; });
}

void callee_greeted(Turn& turn, Peer& peer) {
    turn.self.addresses.succeeded(*peer.address, turn.now);
    if (peer.purpose == ConnectionPurpose::feeler) part(turn, peer, Misconduct::no_longer_needed);
}

void callee_left(Turn& turn, const Peer& peer) {
    if (peer.greeted) turn.self.addresses.seen(*peer.address, turn.now);
}

std::vector<NetworkAddress> anchors_of(const ParticipantState& self) {
    std::vector<const Peer*> oldest;
    for (const Peer& peer : self.peers.all()) {
        if (fills_slot(peer) && peer.greeted) oldest.push_back(&peer);
    }
    std::ranges::stable_sort(oldest, {}, &Peer::connected_at);
    if (oldest.empty()) return self.outbound.kept_anchors;
    std::vector<NetworkAddress> anchors;
    for (const Peer* peer : oldest) {
        if (anchors.size() < anchors_max) anchors.push_back(*peer->address);
    }
    return anchors;
}

}  // namespace bezant
