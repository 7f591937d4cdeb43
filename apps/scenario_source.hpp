// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "crypto/hash.hpp"
#include "sim/scenario.hpp"
#include "sim/topology/region_model.hpp"
#include "sim/topology/topology.hpp"

namespace bezant::apps {

/// What the command line says of a scenario; values as they were written.
struct ScenarioChoice {
    std::string scenario = "classroom";  ///< a built-in one's name, or a file
    std::optional<std::string> seed;
    std::optional<std::string> participants;
    std::optional<std::string> topology;  ///< a generator, or a file
    std::optional<std::string> rounds;
    std::optional<std::string> proof_of_work;
    std::optional<std::string> attack;
    std::vector<std::string> settings;  ///< KEY=VALUE
};

/// A scenario that can be run, and its network.
struct LoadedScenario {
    sim::Scenario scenario;
    sim::Topology topology;
    std::optional<sim::RegionModel> regions;  ///< where the scenario needs them
    std::vector<std::string> remarks;         ///< what was chosen for the user, to be said
    Hash256 source;  ///< SHA-256 over the texts that it was read from, one after the other
};

struct LoadError {
    std::string what;
    std::string advice;
};

/// Reads the scenario and its network, from files or from what is built in, and bends them as the
/// command line says.
[[nodiscard]] Result<LoadedScenario, LoadError> load_scenario(const ScenarioChoice& choice);

}  // namespace bezant::apps
