// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/geographic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "sim/topology/connectivity.hpp"
#include "sim/topology/edge_set.hpp"
#include "sim/topology/generator_limits.hpp"

namespace bezant::sim {

namespace {

constexpr std::uint32_t millionths = 1'000'000;

std::uint32_t draw_outbound_links(const RegionModel& model, Random& random) {
    const auto drawn_ppm = static_cast<std::uint32_t>(random.below(millionths));
    const auto& cdf = model.outbound_links_cdf_ppm;
    return static_cast<std::uint32_t>(std::ranges::upper_bound(cdf, drawn_ppm) - cdf.begin()) + 1;
}

std::uint64_t expected_links(std::uint32_t participants, const RegionModel& model) {
    std::uint64_t mean_ppm = millionths;
    for (const std::uint32_t chance_ppm : model.outbound_links_cdf_ppm) {
        mean_ppm += millionths - chance_ppm;
    }
    return participants * mean_ppm / millionths;
}

/// Everyone in turn opens his links to others with whom he has none yet, as far as there are any.
std::vector<Edge> draw_links(std::uint32_t participants, const RegionModel& model, Random& random) {
    std::vector<Edge> edges;
    std::vector<std::uint32_t> degrees(participants);
    EdgeSet present;
    for (NodeIndex node = 0; node < participants; ++node) {
        std::uint32_t wanted = draw_outbound_links(model, random);
        while (wanted > 0 && degrees[node] + 1 < participants) {
            const auto other = static_cast<NodeIndex>(random.below(participants));
            if (other == node || !present.insert(edge_of(node, other))) continue;
            edges.push_back(edge_of(node, other));
            ++degrees[node];
            ++degrees[other];
            --wanted;
        }
    }
    return edges;
}

std::vector<LinkTraits> traits_by_region(const std::vector<Edge>& edges, const RegionModel& model,
                                         const std::vector<std::uint32_t>& regions) {
    std::vector<LinkTraits> traits;
    traits.reserve(edges.size());
    for (const Edge& edge : edges) {
        const Region& low = model.regions[regions[edge.low]];
        const Region& high = model.regions[regions[edge.high]];
        traits.push_back(
            {.latency = model.latency(regions[edge.low], regions[edge.high]),
             .bandwidth = LinkBandwidth{.from_low_bps = bandwidth_between(low, high),
                                        .from_high_bps = bandwidth_between(high, low)}});
    }
    return traits;
}

}  // namespace

std::uint32_t draw_region(const RegionModel& model, Random& random) {
    auto drawn_ppm = static_cast<std::uint32_t>(random.below(millionths));
    std::uint32_t region = 0;
    while (drawn_ppm >= model.regions[region].share_ppm) {
        drawn_ppm -= model.regions[region].share_ppm;
        ++region;
        CHECK(region < model.regions.size(), "the shares of all regions are one million");
    }
    return region;
}

Result<Topology, TopologyError> geographic(std::uint32_t participants, const RegionModel& model,
                                           Random& random) {
    if (auto checked =
            check_limits(participants, 1, with_margin(expected_links(participants, model)));
        !checked) {
        return unexpected(checked.error());
    }
    std::vector<std::uint32_t> regions(participants);
    for (std::uint32_t& region : regions) region = draw_region(model, random);
    for (int draw = 0; draw < draws_max; ++draw) {
        auto edges = draw_links(participants, model, random);
        auto traits = traits_by_region(edges, model, regions);
        Graph graph{participants, std::move(edges), std::move(traits)};
        if (check_connected(graph)) return Topology{std::move(graph), {}, std::move(regions)};
    }
    return unexpected(TopologyError{
        TopologyFault::disconnected, 0,
        fmt::format("no connected network of {} participants came out of {} draws; use a model "
                    "with more outbound links",
                    participants, draws_max)});
}

}  // namespace bezant::sim
