// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "fidelity/check.hpp"
#include "sim/scenario.hpp"
#include "sim/summary.hpp"

namespace bezant::fidelity {

/// A built-in scenario of an attack, with nobody watching.
[[nodiscard]] sim::Scenario attack_scenario(std::string_view name, std::uint64_t seed);

/// Runs it on the network that it names, bent as the plan says; what came of the attack.
[[nodiscard]] sim::AttackOutcome outcome_of(sim::Scenario scenario, const Plan& plan);

}  // namespace bezant::fidelity
