// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "node/effects.hpp"
#include "sim/actor.hpp"
#include "sim/event_order.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

/// What the engine asks and tells those who run a world on it. Called in the midst of events: they
/// may schedule what is to happen, and change nothing else.
class EngineListener {
public:
    EngineListener() = default;
    EngineListener(const EngineListener&) = delete;
    EngineListener& operator=(const EngineListener&) = delete;
    virtual ~EngineListener() = default;

    /// Someone is to sit at this place.
    [[nodiscard]] virtual std::unique_ptr<Actor> take(Seat seat) = 0;
    /// A participant has come to life, knowing the blocks of its seat.
    virtual void came_to_life(ParticipantId who, std::span<const BlockIndex> stored) = 0;
    /// Bytes of a message are all there, and the participant is about to deal with it.
    virtual void arriving(ParticipantId from, ParticipantId to, const Message& message,
                          std::size_t bytes) = 0;
    /// A participant has dealt with an event, whatever it was.
    virtual void handled(ParticipantId who) = 0;
    /// The event was a message.
    virtual void delivered(ParticipantId from, ParticipantId to, const Message& message) = 0;
    /// A participant says something, at this moment: work that it was charged for has passed.
    virtual void noticed(ParticipantId who, const Notice& notice, Time at) = 0;
    /// Something that happens to the world, not to a participant.
    virtual void happened(EventKind kind, std::uint64_t number) = 0;
};

}  // namespace bezant::sim
