// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "sim/scenario_file.hpp"
#include "sim/topology/edge_list.hpp"

namespace bezant::bench {

/// What a fleet of the ten participants is made of.
struct TenNodes {
    sim::Scenario scenario;
    sim::Graph graph;
    std::vector<std::string> names;
};

/// The classroom, of which the first alone mines, with so many hashes a second.
inline TenNodes ten_nodes(double hash_rate) {
    auto scenario = sim::scenario_from_toml(*sim::built_in_file("classroom.toml"), "classroom");
    auto topology = sim::topology_from_edge_list(*sim::built_in_file("ten_participants.edges"));
    CHECK(scenario && topology, "what is built in is sound");
    scenario->mining.miners = 1;
    scenario->mining.hash_rate = static_cast<std::uint64_t>(hash_rate);
    std::vector<std::string> names;
    for (std::uint32_t id = 0; id < scenario->participants; ++id)
        names.push_back(std::to_string(id));
    return {*std::move(scenario), std::move(topology->graph), std::move(names)};
}

}  // namespace bezant::bench
