// SPDX-License-Identifier: Apache-2.0
// What a world's participants, and what is under way between them, still refer to.
#include "node/message_facts.hpp"
#include "sim/engine.hpp"

namespace bezant::sim {

namespace {

void hold_facts_of(const Event& event, HeldFacts& held) {
    if (const auto* arrived = std::get_if<MessageArrived>(&event)) {
        hold_facts(arrived->message, held);
    } else if (const auto* submitted = std::get_if<PaymentSubmitted>(&event)) {
        held.hold(submitted->payment);
    }
}

}  // namespace

void Engine::forget_settled(BlockIndex block) {
    HeldFacts held;
    // An event that is for the world lies where an earlier one's content still is: that holds more
    // than need be, never less.
    timeline_.for_each([&](const EventOrder&, const Happening& happening) {
        hold_facts_of(happening.event, held);
    });
    for (const Place& place : places_) {
        for (const auto& waiting : place.inbox.waiting())
            hold_facts_of(timeline_.happening(waiting.slot).event, held);
        const Participant* participant = place.actor ? place.actor->participant() : nullptr;
        if (participant != nullptr) participant->hold_waiting_facts(held);
    }
    digest_.note_facts();
    archive_.forget_settled(block, held);
}

}  // namespace bezant::sim
