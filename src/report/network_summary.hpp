// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/text_style.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::report {

/// A network in figures: participants, links, how many hops lie across, and how many participants
/// have how many links, with bars. Some dozen lines, each ended by a newline. Hops across are exact
/// up to some thousand participants, and a lower bound beyond.
[[nodiscard]] std::string network_summary(const sim::Graph& graph, const TextStyle& style);

}  // namespace bezant::report
