// SPDX-License-Identifier: Apache-2.0
#include "report/network_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "report/bar_text.hpp"
#include "sim/topology/connectivity.hpp"
#include "sim/topology/graph_distance.hpp"

namespace bezant::report {

namespace {

using sim::Graph;
using sim::NodeIndex;

/// Participants times links up to which the exact diameter takes less than a second.
constexpr std::uint64_t exact_diameter_work_max = 20'000'000;
/// Up to so many different numbers of links, each has a bar; more are put together by doubling.
constexpr std::size_t bars_max = 12;
constexpr std::size_t bar_width_max = 40;

struct Bar {
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t participants = 0;
};

std::vector<std::size_t> sorted_degrees(const Graph& graph) {
    std::vector<std::size_t> degrees;
    for (NodeIndex node = 0; node < graph.node_count(); ++node) {
        degrees.push_back(graph.degree(node));
    }
    std::ranges::sort(degrees);
    return degrees;
}

std::string describe_reach(const Graph& graph) {
    const bool exact =
        std::uint64_t{graph.node_count()} * graph.edges().size() <= exact_diameter_work_max;
    const auto hops = exact ? diameter(graph) : diameter_at_least(graph);
    if (!hops) return fmt::format("in {} separate parts", grouped(sim::components(graph).size()));
    return fmt::format("{}{} across", exact ? "" : "at least ", counted(*hops, "hop", "hops"));
}

/// Bars of width 1, or of the widths 1, 2, 4, 8, ... if there would be too many.
std::vector<Bar> bars_of(const std::vector<std::size_t>& degrees) {
    const std::size_t most = degrees.back();
    const bool doubling = most - degrees.front() >= bars_max;
    std::vector<Bar> bars;
    for (std::size_t from = doubling ? 1 : degrees.front(); from <= most;) {
        const std::size_t to = doubling ? from * 2 - 1 : from;
        const auto first = std::ranges::lower_bound(degrees, doubling && from == 1 ? 0 : from);
        const auto last = std::ranges::upper_bound(degrees, to);
        bars.push_back({from, to, static_cast<std::size_t>(last - first)});
        from = to + 1;
    }
    while (bars.front().participants == 0) bars.erase(bars.begin());
    return bars;
}

std::string histogram(const std::vector<std::size_t>& degrees, const TextStyle& style) {
    const std::vector<Bar> bars = bars_of(degrees);
    std::vector<std::string> names;
    for (const Bar& bar : bars) {
        names.push_back(bar.from == bar.to ? fmt::format("{}", bar.from)
                                           : fmt::format("{}-{}", bar.from, bar.to));
    }
    constexpr std::string_view heading = "links";
    std::size_t name_width = heading.size();
    for (const std::string& name : names) name_width = std::max(name_width, name.size());
    const std::size_t largest = std::ranges::max(bars, {}, &Bar::participants).participants;
    const std::size_t taken = 2 + name_width + 2 + grouped(largest).size() + 1;
    const std::size_t room = style.columns > taken ? style.columns - taken : 1;
    std::string text = fmt::format("  {:>{}}  participants\n", heading, name_width);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const std::string bar =
            bar_text(bars[i].participants, largest, std::min(room, bar_width_max), style.unicode);
        text += fmt::format("  {:>{}}  {}{}{}\n", names[i], name_width, bar, bar.empty() ? "" : " ",
                            grouped(bars[i].participants));
    }
    return text;
}

}  // namespace

std::string network_summary(const Graph& graph, const TextStyle& style) {
    if (graph.node_count() == 0) return "no participants\n";
    const auto degrees = sorted_degrees(graph);
    const std::string text =
        fmt::format("{}, {}, {}\n", counted(graph.node_count(), "participant", "participants"),
                    counted(graph.edges().size(), "link", "links"), describe_reach(graph));
    if (degrees.front() == degrees.back()) {
        if (degrees.front() + 1 == graph.node_count() && graph.node_count() > 2) {
            return text + "everyone is linked with everyone\n";
        }
        return text + fmt::format("everyone has {}\n", counted(degrees.front(), "link", "links"));
    }
    return text +
           fmt::format("links of a participant: fewest {}, median {}, most {}\n",
                       grouped(degrees.front()), grouped(degrees[degrees.size() / 2]),
                       grouped(degrees.back())) +
           histogram(degrees, style);
}

}  // namespace bezant::report
