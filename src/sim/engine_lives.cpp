// SPDX-License-Identifier: Apache-2.0
// Participants that come and go, and the connections between them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/engine.hpp"
#include "sim/wording.hpp"

namespace bezant::sim {

namespace {

/// Whether an honest neighbour, or the network between, can have caused this.
bool may_be_innocent(Misconduct why) {
    return why == Misconduct::silent || why == Misconduct::withheld_data;
}

}  // namespace

void Engine::start(ParticipantId who) {
    Place& place = places_[who];
    CHECK(!place.actor, "whoever comes to life was not alive");
    ++place.life;
    place.busy_until = timeline_.now();
    fill(who);
    schedule_event(timeline_.now(), EventKind::started, who, who, Started{}, place.life);
    if (mining_on_) {
        schedule_event(timeline_.now(), EventKind::mining_switch, who, who, MiningSwitched{true},
                       0);
    }
    if (has_discovery() && place.disk.peers().empty()) introduce_acquaintances(who);
    for (const Connections::EdgeIndex edge : connections_.links_of(who)) connect_if_possible(edge);
}

/// Someone sits down, with what the disk has kept.
void Engine::fill(ParticipantId who) {
    Place& place = places_[who];
    const auto stored = place.disk.load();
    CHECK(stored, "simulated disks can be read");
    ParticipantOptions options = scenario_.participant;
    options.mines = false;  // Switched on and off by events.
    const Random random = random_.stream("participant", who).stream("life", place.life);
    Seat seat{.id = who,
              .archive = archive_,
              .key = keys_.of_participant(who),
              .options = options,
              .random = random,
              .stored = *stored};
    if (has_discovery()) settle_in(who, seat);
    place.actor = listener_.take(std::move(seat));
    note_tip(who);
    listener_.came_to_life(who, *stored);
}

void Engine::crash(ParticipantId who) {
    Place& place = places_[who];
    CHECK(place.actor, "who crashes was alive");
    place.actor.reset();
    place.disk.crash();
    mining_->stop(who);
    agreement_.set(who, std::nullopt);
    empty_inbox(who);
    connections_.forget_uploads(who);
    const auto links = connections_.links_of(who);
    for (const Connections::EdgeIndex edge : std::vector(links.begin(), links.end())) {
        disconnect(edge);
        // Whom it refused is forgotten with it.
        link_states_[edge].refused[connections_.ends_of(edge).low == who ? 0 : 1].reset();
    }
    ++links_lost_;
}

void Engine::leave(ParticipantId who) {
    SimulatedDisk& disk = places_[who].disk;
    disk.sync_first(disk.appended());
    crash(who);
}

void Engine::empty_inbox(ParticipantId who) {
    Inbox& inbox = places_[who].inbox;
    while (!inbox.empty()) release(inbox.pop());
}

void Engine::partition(const std::vector<bool>& side) {
    partitions_.push_back(side);
    for (Connections::EdgeIndex edge = 0; edge < link_states_.size(); ++edge) {
        const Edge ends = connections_.ends_of(edge);
        if (side[ends.low] != side[ends.high]) disconnect(edge);
    }
    ++links_lost_;
}

void Engine::heal() {
    partitions_.clear();
    for (Connections::EdgeIndex edge = 0; edge < link_states_.size(); ++edge)
        connect_if_possible(edge);
}

void Engine::set_cut(Edge pair, bool cut) {
    if (cut) {
        cuts_.insert(pair);
        ++links_lost_;
    } else {
        cuts_.erase(pair);
    }
    const auto links = connections_.links_between(pair);
    for (const Connections::EdgeIndex edge : std::vector(links.begin(), links.end())) {
        if (cut) {
            disconnect(edge);
        } else {
            link_states_[edge].refused = {};
            connect_if_possible(edge);
        }
    }
}

void Engine::mend_all_links() {
    cuts_.clear();
    for (Connections::EdgeIndex edge = 0; edge < link_states_.size(); ++edge) {
        link_states_[edge].refused = {};
        connect_if_possible(edge);
    }
}

bool Engine::is_apart(Edge pair) const {
    return std::ranges::any_of(partitions_,
                               [&](const auto& side) { return side[pair.low] != side[pair.high]; });
}

bool Engine::may_meet(Edge pair) const {
    return !cuts_.contains(pair) && !is_apart(pair) && is_running(pair.low) &&
           is_running(pair.high);
}

bool Engine::is_sound(Connections::EdgeIndex edge) const {
    const LinkState& state = link_states_[edge];
    return may_meet(connections_.ends_of(edge)) && !state.refused[0] && !state.refused[1];
}

std::string Engine::hindrance(Connections::EdgeIndex edge) const {
    const LinkState& state = link_states_[edge];
    const Edge ends = connections_.ends_of(edge);
    const auto [low, high] = ends;
    const auto dropped = [](ParticipantId who, ParticipantId whom, Misconduct why) {
        return fmt::format("{} has dropped {} for {}", called(who), called(whom), to_text(why));
    };
    if (!is_running(low)) return called(low) + " is down";
    if (!is_running(high)) return called(high) + " is down";
    const std::string both = called(std::array{low, high});
    if (cuts_.contains(ends)) return fmt::format("the link of {} is cut", both);
    if (is_apart(ends)) return fmt::format("a partition lies between {}", both);
    if (state.refused[0]) return dropped(low, high, *state.refused[0]);
    if (state.refused[1]) return dropped(high, low, *state.refused[1]);
    return "nothing";
}

bool Engine::may_connect(Connections::EdgeIndex edge) const {
    return is_sound(edge) && !link_states_[edge].resting;
}

void Engine::connect_if_possible(Connections::EdgeIndex edge) {
    if (has_discovery() || !may_connect(edge) || !connections_.is_idle(edge)) return;
    const auto ends = connections_.open(edge);
    for (std::size_t side = 0; side < ends.size(); ++side) {
        const auto [who, peer] = ends[side];
        schedule_event(timeline_.now(), EventKind::connection, who, ends[1 - side].who,
                       PeerConnected{.peer = peer, .outbound = side == 0},
                       std::uint64_t{places_[who].life} << 1U);
    }
}

/// Ends whatever connection there is: both ends learn of it at once. Where links are made for
/// calls, it may be the end of the link.
void Engine::disconnect(Connections::EdgeIndex edge) {
    for (const auto& [who, peer] : connections_.close(edge)) {
        if (!is_running(who)) continue;
        schedule_event(timeline_.now(), EventKind::connection, who, who, PeerDisconnected{peer},
                       std::uint64_t{places_[who].life} << 1U);
    }
    forget_links(connections_.ends_of(edge));
}

/// A participant closes its end. The other learns of it after what was sent before.
void Engine::give_up(Connections::End end, Misconduct why, Time leave) {
    const Connections::EdgeIndex edge = connections_.edge(end);
    const auto arrival = connections_.send(end, leave, 0);
    connections_.close_end(end);
    if (has_discovery()) {
        // Whom to call again, and whom never, is for the participants to say.
        forget_links(connections_.ends_of(edge));
    } else if (may_be_innocent(why)) {
        link_states_[edge].resting = true;
        schedule_for_world(timeline_.now() + reconnect_after, EventKind::reconnect, edge);
    } else {
        link_states_[edge].refused[connections_.ends_of(edge).low == end.who ? 0 : 1] = why;
        ++links_lost_;
    }
    const ParticipantId other = arrival.end.who;
    if (!is_running(other)) return;
    // Messages may arrive at the same moment; by their kind they would come after this.
    schedule_event(arrival.at + microseconds(1), EventKind::connection, other, end.who,
                   PeerDisconnected{arrival.end.peer},
                   (std::uint64_t{places_[other].life} << 1U) | 1U);
}

}  // namespace bezant::sim
