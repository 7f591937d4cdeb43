// SPDX-License-Identifier: Apache-2.0
// What is waited for before a world counts as quiet.
#include "sim/engine.hpp"

namespace bezant::sim {

namespace {

template <class... Kinds>
bool is_any_of(const Message& message) {
    return (std::holds_alternative<Kinds>(message) || ...);
}

}  // namespace

bool Engine::is_awaited(EventKind kind, std::uint64_t number) const {
    switch (kind) {
        case EventKind::message:
            return (number & 1U) != 0;
        case EventKind::connection:
            return !has_discovery();
        case EventKind::started:
        case EventKind::mining_switch:
        case EventKind::order:
        case EventKind::submission:
            return true;
        default:
            return false;
    }
}

// Neighbours of the same ledger greet each other, compare their tips and tell what payments wait:
// nothing follows from that. Of payments that are news the question is counted; greetings, and what
// is said of headers, are where one of the two has a tip that the other does not know.
bool Engine::brings_news(ParticipantId from, ParticipantId to, const Message& message) const {
    if (is_any_of<Ping, Pong, GetAddresses, Addresses>(message)) return false;
    if (!has_discovery()) return true;
    if (is_any_of<FeeFloor, SendCompact, Inventory>(message)) return false;
    if (is_any_of<Hello, Headers>(message)) return lacks_tip_of(to, from);
    if (is_any_of<GetHeaders>(message)) return lacks_tip_of(from, to);
    return true;
}

bool Engine::lacks_tip_of(ParticipantId who, ParticipantId other) const {
    const Participant* asking = participant(who);
    const Participant* asked = participant(other);
    return asking != nullptr && asked != nullptr &&
           !asking->chain().has_header(asked->chain().tip());
}

void Engine::release(const Timeline::Queue::Popped& popped) {
    const std::uint64_t number = timeline_.happening(popped.slot).number;
    if (is_awaited(popped.order.kind(), number)) --awaited_;
    timeline_.release(popped.slot);
}

}  // namespace bezant::sim
