// SPDX-License-Identifier: Apache-2.0
// How events reach participants.
#include "node/message_codec.hpp"
#include "sim/engine.hpp"
#include "sim/event_effects.hpp"

namespace bezant::sim {

// Where there are many participants (with fewer it costs more than it saves), hardly anything of
// one of them is in the processor's caches when his turn comes. So some events ahead each link of
// the chain that leads to what he will look at is asked for, one after the other, while others are
// at it.
void Engine::look_ahead() const {
    constexpr std::uint32_t many = 2'000;
    constexpr std::size_t to_event = 26;
    constexpr std::size_t to_place = 21;
    constexpr std::size_t to_actor = 17;
    constexpr std::size_t to_state = 13;
    constexpr std::size_t to_tables = 9;
    constexpr std::size_t to_entries = 5;
    static_assert(to_event < Timeline::Queue::known_ahead);
    if (size() < many) return;
    if (const auto* coming = timeline_.peek(to_event)) timeline_.expect_use(coming->slot);
    if (const auto* coming = peek_at_participants(to_place)) {
        prefetch(&places_[coming->order.destination()]);
        connections_.expect_table(coming->order.destination());
    }
    if (const auto* coming = peek_at_participants(to_actor)) {
        prefetch(places_[coming->order.destination()].actor.get(), cache_line_bytes);
        connections_.expect_entries(coming->order.destination());
    }
    if (const auto* coming = peek_at_participants(to_state)) foresee(*coming, Foresight::state);
    if (const auto* coming = peek_at_participants(to_tables)) {
        foresee(*coming, Foresight::tables);
        if (const auto end = end_of(*coming)) connections_.expect_link(*end);
    }
    if (const auto* coming = peek_at_participants(to_entries)) foresee(*coming, Foresight::entries);
}

/// What comes after `others` more, if it is for a participant.
const Timeline::Queue::Popped* Engine::peek_at_participants(std::size_t others) const {
    const auto* coming = timeline_.peek(others);
    return coming != nullptr && coming->order.destination() < size() ? coming : nullptr;
}

/// The connection that an event to come is about.
std::optional<Connections::End> Engine::end_of(const Timeline::Queue::Popped& coming) const {
    const ParticipantId who = coming.order.destination();
    const Event& event = timeline_.happening(coming.slot).event;
    if (coming.order.kind() == EventKind::message)
        return Connections::End{.who = who, .peer = std::get<MessageArrived>(event).peer};
    if (coming.order.kind() == EventKind::timer)
        return Connections::End{.who = who, .peer = std::get<TimerFired>(event).timer.peer};
    return std::nullopt;
}

void Engine::foresee(const Timeline::Queue::Popped& coming, Foresight step) const {
    if (const Actor* actor = places_[coming.order.destination()].actor.get())
        actor->expect(timeline_.happening(coming.slot).event, step);
}

void Engine::step() {
    const auto popped = timeline_.next();
    look_ahead();
    const std::uint64_t number = timeline_.happening(popped.slot).number;
    const ParticipantId who = popped.order.destination();
    switch (popped.order.kind()) {
        case EventKind::fault:
        case EventKind::chaos:
        case EventKind::attack:
        case EventKind::workload:
            listener_.happened(popped.order.kind(), number);
            break;
        case EventKind::disk_synced:
            // The life in the upper half, the number of blocks in the lower.
            if (number >> 32U == places_[who].life) {
                places_[who].disk.sync_first(static_cast<std::uint32_t>(number));
            }
            break;
        case EventKind::reconnect:
            link_states_[number].resting = false;
            connect_if_possible(static_cast<Connections::EdgeIndex>(number));
            break;
        case EventKind::call:
            if (is_running(who) && number == places_[who].life) {
                answer_call(who,
                            std::get<DialFailed>(timeline_.happening(popped.slot).event).address);
            }
            break;
        case EventKind::unbusy:
            if (number == places_[who].life) take_from_inbox(who);
            break;
        case EventKind::mining_slice:
            mining_->slice(who, number);
            break;
        default:
            return arrive(popped);
    }
    release(popped);
}

void Engine::arrive(const Timeline::Queue::Popped& popped) {
    const ParticipantId who = popped.order.destination();
    Place& place = places_[who];
    if (!still_counts(popped.order, timeline_.happening(popped.slot))) return release(popped);
    if (place.inbox.empty() && timeline_.now() >= place.busy_until) return handle(popped);
    if (place.inbox.empty()) await_leisure(who);
    place.inbox.push(popped);
}

/// Whether what was meant for a participant still finds it, and means anything.
bool Engine::still_counts(const EventOrder& order, const Happening& happening) {
    const ParticipantId who = order.destination();
    if (!is_running(who)) return false;
    switch (order.kind()) {
        case EventKind::started:
        case EventKind::timer:
        case EventKind::call_failed:
        case EventKind::introduction:
            return happening.number == places_[who].life;
        case EventKind::connection: {
            // The last bit tells that the neighbour ended the connection, which now ends here.
            if (happening.number >> 1U != places_[who].life) return false;
            if ((happening.number & 1U) == 0) return true;
            const PeerId peer = std::get<PeerDisconnected>(happening.event).peer;
            const Connections::End end{.who = who, .peer = peer};
            if (!connections_.is_open(end)) return false;
            const Connections::EdgeIndex edge = connections_.edge(end);
            connections_.close_end(end);
            connect_if_possible(edge);
            forget_links(connections_.ends_of(edge));
            return true;
        }
        case EventKind::message:
            return connections_.is_open(
                {.who = who, .peer = std::get<MessageArrived>(happening.event).peer});
        case EventKind::nonce_found:
        case EventKind::block_granted:
            return mining_->claim(who, happening.number);
        default:
            return true;
    }
}

/// The connection may have ended while a message waited: then nobody reads it any more.
void Engine::handle(const Timeline::Queue::Popped& popped) {
    Happening& happening = timeline_.happening(popped.slot);
    const bool unread =
        popped.order.kind() == EventKind::message && !still_counts(popped.order, happening);
    if (!unread) give(popped.order, happening);
    release(popped);
}

void Engine::give(const EventOrder& order, Happening& happening) {
    const ParticipantId who = order.destination();
    Place& place = places_[who];
    auto* arrived = std::get_if<MessageArrived>(&happening.event);
    const bool is_message = order.kind() == EventKind::message;
    if (is_message) {
        if (scenario_.encode_messages) {
            arrived->message = decode_message(encode_message(arrived->message, archive_), archive_);
        }
        listener_.arriving(order.source(), who, arrived->message, happening.number >> 1U);
    }
    digest_.add(order, timeline_.now(), happening.event);
    ++events_;

    EventEffects effects{*this, who};
    const Time local = timeline_.now() + place.skew;
    if (order.kind() == EventKind::poke) {
        place.actor->poked(happening.number, local, effects);
    } else {
        place.actor->handle(happening.event, local, effects);
    }
    effects.finish();
    if (has_discovery()) keep_peers(who);
    if (effects.tip_moved()) note_tip(who);
    if (order.kind() == EventKind::mining_switch) {
        mining_->switched(who, std::get<MiningSwitched>(happening.event).on);
    }
    listener_.handled(who);
    if (is_message) listener_.delivered(order.source(), who, arrived->message);
}

void Engine::take_from_inbox(ParticipantId who) {
    Place& place = places_[who];
    while (!place.inbox.empty() && timeline_.now() >= place.busy_until) handle(place.inbox.pop());
    if (!place.inbox.empty()) await_leisure(who);
}

void Engine::await_leisure(ParticipantId who) {
    timeline_.schedule(places_[who].busy_until, EventKind::unbusy, who, who).number =
        places_[who].life;
}

void Engine::note_tip(ParticipantId who) {
    const Participant* participant = places_[who].actor->participant();
    if (participant == nullptr || !places_[who].actor->is_honest()) return;
    agreement_.set(who, participant->chain().tip());
}

}  // namespace bezant::sim
