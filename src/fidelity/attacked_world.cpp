// SPDX-License-Identifier: Apache-2.0
#include "fidelity/attacked_world.hpp"

#include "base/check.hpp"
#include "fidelity/built_in_scenario.hpp"
#include "sim/topology/topology_spec.hpp"
#include "sim/world.hpp"

namespace bezant::fidelity {

sim::Scenario attack_scenario(std::string_view name, std::uint64_t seed) {
    sim::Scenario scenario = built_in_scenario(name, seed);
    scenario.checkers = false;
    return scenario;
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
