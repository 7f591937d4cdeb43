// SPDX-License-Identifier: Apache-2.0
#include "apps/run_opening.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "report/network_drawing.hpp"
#include "report/wrapped_text.hpp"

namespace bezant::apps {

void print_opening(const report::TextStyle& style, const LoadedScenario& loaded,
                   const report::People& people) {
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
    std::vector<std::string> labels;
    for (sim::ParticipantId id = 0; id < scenario.participants; ++id)
        labels.push_back(people.numbered(id));
    fmt::print("{}", report::draw_network(loaded.topology.graph, labels, style));
}

}  // namespace bezant::apps
