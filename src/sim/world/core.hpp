// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "chain/archive.hpp"
#include "rules/signature_verifier.hpp"
#include "sim/connections.hpp"
#include "sim/digest.hpp"
#include "sim/keys.hpp"
#include "sim/observer.hpp"
#include "sim/scenario.hpp"
#include "sim/topology/graph.hpp"
#include "sim/world/measurement.hpp"
#include "sim/world/place.hpp"
#include "sim/world/schedule.hpp"
#include "sim/world/tip_census.hpp"

namespace bezant::sim {

/// What every part of a world works on: the clock, what is to come, the facts, the places and the
/// links between them. One thing at a time happens in it.
struct Core {
    Core(Scenario scenario_given, const Graph& graph_given);

    Scenario scenario;
    Graph graph;
    Random random;
    Keys keys;
    std::vector<PublicKeyHash> owners;  ///< by participant
    boost::unordered_flat_map<PublicKeyHash, ParticipantId, DigestHasher> participant_of_owner;
    DirectVerifier verifier;
    Archive archive;
    Connections connections;
    Schedule schedule;
    std::vector<Place> places;
    Time start;
    Time now;
    std::uint64_t events = 0;
    RunDigest digest;
    Measurement measurement;
    TipCensus census;

    [[nodiscard]] std::uint32_t size() const { return graph.node_count(); }
    [[nodiscard]] Duration elapsed() const { return now - start; }

    /// Something for the world itself, `after` from now.
    void wake(EventKind kind, std::uint64_t number, Duration after) {
        schedule.add(now + after, kind, schedule.world(), schedule.world(), {Started{}, 0, number});
    }
    /// An event for a participant from the world, `after` from now.
    void tell(ParticipantId who, EventKind kind, Event event, Duration after = {}) {
        schedule.add(now + after, kind, who, schedule.world(),
                     {std::move(event), places[who].life, 0});
    }

    /// Counts the participant's tip for agreement: that of a running honest one.
    void count_tip(ParticipantId who) {
        const Place& place = places[who];
        census.set(who, place.is_honest() ? place.participant()->chain().tip() : no_block);
    }

    [[nodiscard]] std::vector<const Participant*> honest() const;
};

}  // namespace bezant::sim
