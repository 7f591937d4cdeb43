// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "apps/scenario_source.hpp"
#include "report/text_style.hpp"

namespace bezant::apps {

/// Prints what a run is about: the scenario, what was chosen for the user, and who is connected to
/// whom. The names are of all participants.
void print_opening(const report::TextStyle& style, const LoadedScenario& loaded,
                   const std::vector<std::string>& names);

}  // namespace bezant::apps
