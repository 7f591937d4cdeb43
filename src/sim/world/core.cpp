// SPDX-License-Identifier: Apache-2.0
#include "sim/world/core.hpp"

#include "sim/network_parameters.hpp"

namespace bezant::sim {

namespace {

std::vector<PublicKeyHash> owners_of(const Keys& keys, std::uint32_t participants) {
    std::vector<PublicKeyHash> owners;
    owners.reserve(participants);
    for (ParticipantId who = 0; who < participants; ++who) {
        owners.push_back(public_key_hash(keys.of_participant(who).public_key()));
    }
    return owners;
}

}  // namespace

Core::Core(Scenario scenario_given, const Graph& graph_given)
    : scenario(std::move(scenario_given)),
      graph(graph_given),
      random(scenario.seed),
      keys(scenario.seed),
      owners(owners_of(keys, graph.node_count())),
      archive(network_parameters(scenario.network, owners), verifier),
      connections(graph, scenario.link, random.stream("connections")),
      schedule(graph.node_count()),
      places(graph.node_count()),
      start(from_unix_seconds(archive.parameters().genesis.header.time)),
      now(start),
      digest(archive),
      measurement(archive, graph.node_count()),
      census(graph.node_count()) {
    for (ParticipantId who = 0; who < size(); ++who) participant_of_owner[owners[who]] = who;
}

std::vector<const Participant*> Core::honest() const {
    std::vector<const Participant*> list;
    for (const Place& place : places) {
        if (place.is_honest()) list.push_back(place.participant());
    }
    return list;
}

}  // namespace bezant::sim
