// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "chain/fact_index.hpp"
#include "node/effects.hpp"
#include "node/event.hpp"

namespace bezant::sim {

class ObservedWorld;

/// Number of a participant in the world, and of its node in the topology.
using ParticipantId = std::uint32_t;

/// Watches a world from outside. Called while the run goes on, in the order of events; must not
/// change anything. Default: looks away.
class Observer {
public:
    Observer() = default;
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    virtual ~Observer() = default;

    /// A round is about to begin (rounds are numbered from 1), or has ended in agreement.
    virtual void round_started(const ObservedWorld&, std::uint32_t /*round*/) {}
    virtual void round_ended(const ObservedWorld&, std::uint32_t /*round*/) {}
    /// A message was handed to a participant (after the participant dealt with it).
    virtual void delivered(const ObservedWorld&, ParticipantId /*from*/, ParticipantId /*to*/,
                           const Message&) {}
    /// A participant said something.
    virtual void noticed(const ObservedWorld&, ParticipantId /*who*/, const Notice&) {}
    /// A fault of the scenario struck, or was mended, in plain words.
    virtual void fault(const ObservedWorld&, const std::string& /*what*/) {}
    /// The run is over, well or not.
    virtual void finished(const ObservedWorld&) {}
};

}  // namespace bezant::sim
