// SPDX-License-Identifier: Apache-2.0
#include "fidelity/attacked_world.hpp"

#include <string>

#include "base/check.hpp"
#include "sim/scenario_file.hpp"
#include "sim/topology/topology_spec.hpp"
#include "sim/world.hpp"

namespace bezant::fidelity {

sim::Scenario attack_scenario(std::string_view name, std::uint64_t seed) {
    const std::string file = std::string{name} + ".toml";
    const auto text = sim::built_in_file(file);
    CHECK(text, "the scenario is built in");
    auto scenario = sim::scenario_from_toml(*text, file);
    CHECK(scenario, "what is built in is sound");
    scenario->seed = seed;
    scenario->checkers = false;
    return *scenario;
}

sim::AttackOutcome outcome_of(sim::Scenario scenario, const Plan& plan) {
    if (plan.bend) plan.bend(scenario);
    Random random = Random{scenario.seed}.stream("topology");
    const auto topology = sim::topology_from_spec(scenario.topology.generator,
                                                  scenario.participants, random, nullptr);
    CHECK(topology, "what is built in is sound");
    const auto summary = sim::World{scenario, topology->graph}.run();
    CHECK(summary && summary->attack, "the attack has an outcome");
    return *summary->attack;
}

}  // namespace bezant::fidelity
