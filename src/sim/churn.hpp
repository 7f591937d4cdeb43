// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// Participants who come and go: all that happens to them, as faults in order of time. Those who do
/// are drawn; each is there for a time of the exponential law, away for another, and so on. So at
/// every moment from the start each is there with chance online_mean / (online_mean +
/// offline_mean), and at `until` all come back. An attacker does not go. Whoever is the last one
/// there stays, until he would go again.
[[nodiscard]] std::vector<Fault> churn_faults(const Scenario& scenario, const Random& random);

/// How many comings and goings are expected.
[[nodiscard]] std::uint64_t churn_faults_expected(const Scenario& scenario);

/// More than so many would take gigabytes.
inline constexpr std::uint64_t churn_faults_max = 10'000'000;

}  // namespace bezant::sim
