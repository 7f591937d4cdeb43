// SPDX-License-Identifier: Apache-2.0
#include "apps/scenario_flags.hpp"

#include <map>
#include <string>

namespace bezant::apps {

void add_scenario_flags(CLI::App& app, ScenarioChoice& choice) {
    const auto option = [&](const char* name, auto& value, const char* type, const char* meaning) {
        return app.add_option(name, value, meaning)->option_text(type);
    };
    option("scenario", choice.scenario, "NAME|FILE",
           "A built-in scenario (classroom), or a TOML file");
    option("--seed", choice.seed, "NUMBER", "From it the whole run follows");
    option("--participants", choice.participants, "NUMBER", "How many take part");
    option("--topology", choice.topology, "FILE|NAME", "The network: a file, or ring, regular:8 …");
    option("--rounds", choice.rounds, "NUMBER", "How many rounds of paying and mining");
    option("--set", choice.settings, "KEY=VALUE", "Change any key of the scenario; may be repeated")
        ->allow_extra_args(false);
}

void add_colour_flag(CLI::App& app, Colour& colour) {
    app.add_option_function<std::string>(
           "--colour",
           [&colour](const std::string& word) {
               colour = word == "always"  ? Colour::always
                        : word == "never" ? Colour::never
                                          : Colour::automatic;
           },
           "auto, always or never")
        ->option_text("WHEN")
        ->check(CLI::IsMember({"auto", "always", "never"}));
}

}  // namespace bezant::apps
