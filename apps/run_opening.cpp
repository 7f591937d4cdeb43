// SPDX-License-Identifier: Apache-2.0
#include "apps/run_opening.hpp"

#include <fmt/format.h>

#include "report/network_drawing.hpp"
#include "report/wrapped_text.hpp"

namespace bezant::apps {

void print_opening(const report::TextStyle& style, const LoadedScenario& loaded,
                   const std::vector<std::string>& names) {
    const sim::Scenario& scenario = loaded.scenario;
    fmt::print("{}\n\n",
               report::toned(style, report::Tone::strong,
                             fmt::format("Bezant {}: {}, {} participants, seed {}", BEZANT_VERSION,
                                         scenario.name, scenario.participants, scenario.seed)));
    if (!scenario.description.empty())
        fmt::print("{}", report::wrapped(style, "", scenario.description));
    for (const std::string& remark : loaded.remarks)
        fmt::print("{}", report::wrapped(style, "Note: ", remark + "."));
    if (!scenario.description.empty() || !loaded.remarks.empty()) fmt::print("\n");
    fmt::print("{}", report::draw_network(loaded.topology.graph, names, style));
}

}  // namespace bezant::apps
