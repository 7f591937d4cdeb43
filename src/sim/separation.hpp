// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/engine.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// Honest participants who run, and will never hear of each other again unless somebody mends what
/// keeps them apart.
struct Separation {
    std::vector<std::vector<ParticipantId>> parts;  ///< two or more, the smallest first
    std::vector<std::string> causes;                ///< a sentence for each link that is missed
};

/// Looks whether all honest participants who run can hear of each other, over whomever it be, as
/// links stand now. Nothing if they can. Takes O(participants + links).
[[nodiscard]] std::optional<Separation> find_separation(const Engine& engine, const Graph& graph);

/// Who is cut off from whom, and why; only the first of many.
[[nodiscard]] std::string to_text(const Separation& separation);

}  // namespace bezant::sim
