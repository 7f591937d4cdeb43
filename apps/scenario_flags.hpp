// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include "apps/scenario_source.hpp"
#include "apps/terminal.hpp"

namespace bezant::apps {

/// Which scenario, and how it is bent: what every command that carries one out takes.
void add_scenario_flags(CLI::App& app, ScenarioChoice& choice);

/// --colour.
void add_colour_flag(CLI::App& app, Colour& colour);

}  // namespace bezant::apps
