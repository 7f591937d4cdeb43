// SPDX-License-Identifier: Apache-2.0
#include "fidelity/built_in_scenario.hpp"

#include <string>

#include "base/check.hpp"
#include "sim/scenario_file.hpp"

namespace bezant::fidelity {

sim::Scenario built_in_scenario(std::string_view name, std::uint64_t seed) {
    const std::string file = std::string{name} + ".toml";
    const auto text = sim::built_in_file(file);
    CHECK(text, "the scenario is built in");
    auto scenario = sim::scenario_from_toml(*text, file);
    CHECK(scenario, "what is built in is sound");
    scenario->seed = seed;
    return *scenario;
}

}  // namespace bezant::fidelity
