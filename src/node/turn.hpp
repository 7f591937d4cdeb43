// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "base/time.hpp"
#include "node/effects.hpp"
#include "node/peer.hpp"

namespace bezant {

struct ParticipantState;

/// The handling of one event: whose, when, and where its effects go.
class Turn {
public:
    Turn(ParticipantState& participant, Time moment, Effects& sink)
        : self(participant), now(moment), effects(sink) {}

    ParticipantState& self;
    const Time now;
    Effects& effects;

    /// Sends, unless the neighbour was dropped earlier in this turn.
    void send(const Peer& peer, Message message) const {
        if (!peer.dropped) effects.send(peer.id, std::move(message));
    }
    /// Sets one of the neighbour's timers to go off after this span.
    void wake(TimerKind kind, const Peer& peer, Duration after) const {
        effects.set_timer({.kind = kind, .peer = peer.id}, now + after);
    }
};

}  // namespace bezant
