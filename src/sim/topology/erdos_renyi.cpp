// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "base/fixed_point.hpp"
#include "sim/topology/connectivity.hpp"
#include "sim/topology/generator_limits.hpp"
#include "sim/topology/generators.hpp"

namespace bezant::sim {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr double two_to_32 = 4294967296.0;
/// Where so many have no link, that all have one is of the order of e^-100: no use to draw again.
constexpr std::size_t hopeless_parts = 100;

/// -ln(1 - p), for p above 0 and below 1, to about nine digits. A small p is left to the series,
/// where it keeps its digits; basic operations only, so that every machine gets the same.
double negative_log_of_absence(Probability probability) {
    constexpr std::uint32_t series_below = 4'000'000;  // 0.004: terms shrink 250-fold
    if (probability.billionths < series_below) {
        const double p = probability.billionths / 1e9;
        return p * (1 + p * (1.0 / 2 + p * (1.0 / 3 + p * (1.0 / 4 + p / 5))));
    }
    const Wide absence =
        (Wide{Probability::one - probability.billionths} << 64U) / Probability::one;
    const auto bits = static_cast<std::uint64_t>(absence - 1);
    return static_cast<double>(negative_log_q32(bits)) / two_to_32;
}

/// Walks the pairs in the order (1,0), (2,0), (2,1), (3,0), ... and takes each with the same
/// probability: how many are left out in between follows the geometric law.
std::vector<Edge> draw_pairs(std::uint32_t participants, Probability probability, Random& random) {
    std::vector<Edge> edges;
    const double rate = negative_log_of_absence(probability);
    std::uint64_t high = 1;
    std::uint64_t low = 0;
    while (true) {
        low += static_cast<std::uint64_t>(static_cast<double>(random.exponential_q32()) /
                                          two_to_32 / rate);
        while (high < participants && low >= high) {
            low -= high;
            ++high;
        }
        if (high >= participants) return edges;
        edges.push_back({static_cast<NodeIndex>(low), static_cast<NodeIndex>(high)});
        ++low;
    }
}

/// ln(n) + 3 rounded up: with so many links on average, about one network in twenty has somebody
/// without a link (Erdos and Renyi 1960).
std::uint32_t sufficient_mean_degree(std::uint32_t participants) {
    const std::uint64_t log_q32 = negative_log_q32(0) - negative_log_q32(participants - 1);
    return static_cast<std::uint32_t>(log_q32 >> 32U) + 4;
}

TopologyError too_sparse(const Graph& last, int draws, Probability probability) {
    const std::uint32_t participants = last.node_count();
    const std::string parts = check_connected(last).error().message;
    return {TopologyFault::disconnected, 0,
            fmt::format("pairs linked with probability {} gave no connected network of {} "
                        "participants in {} draw{}; use erdos-renyi:degree={} or more (in the last "
                        "draw, {})",
                        probability.billionths / 1e9, participants, draws, draws == 1 ? "" : "s",
                        std::min(sufficient_mean_degree(participants), participants - 1),
                        parts.substr(0, parts.rfind("; add links")))};
}

}  // namespace

MadeGraph erdos_renyi(std::uint32_t participants, Probability probability, Random& random) {
    const Wide pairs = Wide{participants} * (participants == 0 ? 0 : participants - 1) / 2;
    const auto links =
        static_cast<std::uint64_t>(pairs * probability.billionths / Probability::one);
    if (auto checked = check_limits(participants, 1, with_margin(links)); !checked) {
        return unexpected(checked.error());
    }
    if (participants == 1 || probability.billionths == Probability::one) {
        return complete(participants);
    }
    if (probability.billionths == 0) {
        return unexpected(too_sparse(Graph{participants, {}}, 0, probability));
    }
    for (int draw = 1;; ++draw) {
        Graph graph{participants, draw_pairs(participants, probability, random)};
        const std::size_t parts = components(graph).size();
        if (parts == 1) return graph;
        if (parts > hopeless_parts || draw == draws_max) {
            return unexpected(too_sparse(graph, draw, probability));
        }
    }
}

}  // namespace bezant::sim
