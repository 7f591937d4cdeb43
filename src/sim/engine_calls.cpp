// SPDX-License-Identifier: Apache-2.0
// Participants that find each other: addresses, calls, and what is kept of them over restarts.
#include <algorithm>
#include <utility>

#include "node/address_book_codec.hpp"
#include "sim/engine.hpp"

namespace bezant::sim {

namespace {

/// There and back for TCP, and once more for TLS 1.3.
constexpr std::int64_t latencies_of_a_call = 4;

}  // namespace

/// What a seat needs where the participant is to find others.
void Engine::settle_in(ParticipantId who, Seat& seat) {
    Place& place = places_[who];
    place.peers_kept_at = timeline_.now();
    seat.options.advertised_address = directory_.home(who);
    seat.options.address_realm = AddressRealm::internet;
    if (place.disk.peers().empty()) return;
    auto peers = decode_address_book(place.disk.peers(), seat.options.address_book,
                                     seat.options.address_realm);
    CHECK(peers, "simulated disks can be read");
    const std::size_t anchors = std::min(scenario_.discovery.anchors, peers->anchors.size());
    peers->anchors.resize(anchors);
    seat.remembered = *std::move(peers);
}

void Engine::introduce_acquaintances(ParticipantId who) {
    std::vector<NetworkAddress> addresses;
    for (const NodeIndex other : graph_.neighbours(who))
        addresses.push_back(directory_.home(other));
    introduce(who, std::move(addresses));
}

/// After it has started, if it does so now.
void Engine::introduce(ParticipantId who, std::vector<NetworkAddress> addresses) {
    schedule_event(timeline_.now() + microseconds(1), EventKind::introduction, who,
                   timeline_.world(), AddressesGiven{std::move(addresses)}, places_[who].life);
}

void Engine::place_call(ParticipantId who, const NetworkAddress& address, Time at) {
    const auto callee = directory_.find(address);
    const bool is_another = callee && *callee != who;
    const Edge pair = is_another ? edge_of(who, *callee) : Edge{};
    const Duration latency =
        is_another ? connections_.latency_between(pair, traits_of(pair)) : Duration{};
    schedule_event(at + latency * latencies_of_a_call, EventKind::call, who, who,
                   DialFailed{address}, places_[who].life);
}

/// Whoever is there takes every call; whether there is room is for the participant to say.
void Engine::answer_call(ParticipantId caller, const NetworkAddress& address) {
    const auto callee = directory_.find(address);
    if (callee && *callee != caller && may_meet(edge_of(caller, *callee)))
        return connect_call(idle_link(edge_of(caller, *callee)), caller, address);
    schedule_event(timeline_.now() + call_time_max, EventKind::call_failed, caller, caller,
                   DialFailed{address}, places_[caller].life);
}

/// Both ends learn of it at once: the last message of the handshake is half a way from either.
void Engine::connect_call(Connections::EdgeIndex edge, ParticipantId caller,
                          const NetworkAddress& address) {
    const auto ends = connections_.open(edge);
    const std::size_t side = ends[0].who == caller ? 0 : 1;
    link_states_[edge].caller = caller;
    const auto tell = [&](const Connections::End& end, const Connections::End& other,
                          PeerConnected event) {
        schedule_event(timeline_.now(), EventKind::connection, end.who, other.who, event,
                       std::uint64_t{places_[end.who].life} << 1U);
    };
    const auto& [calling, called] = std::pair{ends[side], ends[1 - side]};
    tell(calling, called, {.peer = calling.peer, .outbound = true, .address = address});
    tell(called, calling, {.peer = called.peer, .address = directory_.next_origin(caller)});
}

/// As the graph says, if these two know each other by it.
LinkTraits Engine::traits_of(Edge pair) const {
    const auto in_graph = graph_.find(pair);
    return in_graph ? graph_.traits(*in_graph) : LinkTraits{};
}

/// One that carries no connection, made if there is none.
Connections::EdgeIndex Engine::idle_link(Edge pair) {
    for (const Connections::EdgeIndex edge : connections_.links_between(pair))
        if (connections_.is_idle(edge)) return edge;
    const Connections::EdgeIndex made = connections_.add_link(pair, traits_of(pair));
    link_states_.resize(connections_.edge_count());
    link_states_[made] = {};
    return made;
}

/// Where links are made for calls: those of a pair go together, when none carries anything, so that
/// their order does not depend on which of them has ended first.
void Engine::forget_links(Edge pair) {
    const auto is_idle = [&](Connections::EdgeIndex edge) { return connections_.is_idle(edge); };
    if (has_discovery() && std::ranges::all_of(connections_.links_between(pair), is_idle))
        connections_.remove_links(pair);
}

std::vector<Neighbour> Engine::neighbours(ParticipantId who) const {
    std::vector<Neighbour> neighbours;
    for (const Connections::EdgeIndex edge : connections_.links_of(who)) {
        const Edge ends = connections_.ends_of(edge);
        if (!connections_.is_open(edge, who)) continue;
        neighbours.push_back({.who = ends.low == who ? ends.high : ends.low,
                              .outbound = link_states_[edge].caller.value_or(ends.low) == who});
    }
    return neighbours;
}

/// Now and then, as a deployed participant does: what came to be known since is lost in a crash.
void Engine::keep_peers(ParticipantId who) {
    Place& place = places_[who];
    if (timeline_.now() - place.peers_kept_at < peers_kept_every) return;
    place.peers_kept_at = timeline_.now();
    const Participant* participant = place.actor->participant();
    if (participant == nullptr) return;
    place.disk.keep_peers(encode_address_book(participant->addresses(), participant->anchors()));
}

}  // namespace bezant::sim
