// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "apps/scenario_source.hpp"
#include "report/people.hpp"
#include "report/text_style.hpp"

namespace bezant::apps {

/// Prints what a run is about: the scenario, what was chosen for the user, and who is connected to
/// whom.
void print_opening(const report::TextStyle& style, const LoadedScenario& loaded,
                   const report::People& people);

}  // namespace bezant::apps
