// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fleet/fleet.hpp"
#include "sim/observer.hpp"
#include "sim/summary.hpp"

namespace bezant::fleet {

/// Carries out the rounds of a fleet's scenario, as a simulation would: some pay, all have the
/// payments, all mine until everyone is on one longer chain, and all is quiet again. The graph is
/// the fleet's; observers are told when a round begins, and when it has ended what happened in it.
///
/// In the end everything is counted again, in a plain table, and what the wallets say must be it.
[[nodiscard]] Result<sim::Summary, Failure> run_rounds(
    Fleet& fleet, const sim::Graph& graph, const std::vector<sim::Observer*>& observers);

}  // namespace bezant::fleet
