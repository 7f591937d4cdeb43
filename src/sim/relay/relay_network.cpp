// SPDX-License-Identifier: Apache-2.0
#include "sim/relay/relay_network.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "sim/topology/geographic.hpp"

namespace bezant::sim {

RelayNetwork::RelayNetwork(const Topology& topology, const RegionModel& regions,
                           const Scenario& scenario)
    : regions_(regions.regions.size()) {
    CHECK(topology.graph.node_count() <= 1U << RelayLink::neighbour_bits, "neighbours fit");
    for (std::uint32_t from = 0; from < regions_; ++from) {
        for (std::uint32_t to = 0; to < regions_; ++to) {
            laws_.emplace_back(scenario.link.latency_law, regions.latency(from, to));
            bandwidths_bps_.push_back(
                bandwidth_between(regions.regions[from], regions.regions[to]));
        }
    }
    place_participants(topology, regions, scenario.relay, Random{scenario.seed}.stream("relay"));
    link_participants(topology.graph);
}

void RelayNetwork::place_participants(const Topology& topology, const RegionModel& regions,
                                      const RelaySettings& settings, const Random& random) {
    Random region_random = random.stream("region");
    Random compact_random = random.stream("compact");
    Random churn_random = random.stream("churn");
    places_.resize(topology.graph.node_count() + 1);
    for (ParticipantId who = 0; who < size(); ++who) {
        const std::uint32_t region =
            topology.regions.empty() ? draw_region(regions, region_random) : topology.regions[who];
        places_[who] = {.first_link = 0,
                        .region = static_cast<std::uint8_t>(region),
                        .compact = compact_random.chance(settings.compact_share, one_million),
                        .churning = churn_random.chance(settings.churning_share, one_million)};
    }
}

void RelayNetwork::link_participants(const Graph& graph) {
    links_.reserve(2 * graph.edges().size());
    for (ParticipantId who = 0; who < size(); ++who) {
        for (const NodeIndex neighbour : graph.neighbours(who))
            links_.emplace_back(neighbour, places_[neighbour].region);
        places_[who + 1].first_link = static_cast<std::uint32_t>(links_.size());
    }
}

}  // namespace bezant::sim
