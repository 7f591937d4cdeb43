// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "report/text_style.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::report {

/// More participants than this are summed up in figures.
constexpr std::uint32_t drawn_participants_max = 40;

/// Gives back how a participant's label shall be written, in colour for example; it must take as
/// many columns.
using LabelPaint = std::function<std::string(sim::NodeIndex, std::string_view)>;

/// The network as a person wants to see it, in lines that end with a newline. Participants go by
/// their labels, or by their numbers where `labels` is empty; without `paint`, labels are strong.
///
/// - A tree spreads from its center to both sides, or to one where the width is too small for that,
///   or down the page. A line winds, and a ring closes.
/// - Another network is drawn as a tree of shortest paths from its center, and its other links are
///   listed below.
/// - What is large, dense, in several parts, or too wide is told in figures: network_summary().
[[nodiscard]] std::string draw_network(const sim::Graph& graph, std::span<const std::string> labels,
                                       const TextStyle& style, const LabelPaint& paint = {});

}  // namespace bezant::report
