// SPDX-License-Identifier: Apache-2.0
// What selfish mining earns, and from which share of the hash rate on it pays: Eyal & Sirer 2014,
// "Majority is not enough", equation 8 and observation 1.
#include <fmt/format.h>

#include <array>

#include "base/check.hpp"
#include "fidelity/attacked_world.hpp"
#include "fidelity/check.hpp"
#include "sim/attacks/odds.hpp"
#include "sim/attacks/tie_network.hpp"
#include "sim/topology/topology_spec.hpp"
#include "statistics/sample_mean.hpp"

namespace bezant::fidelity {

namespace {

constexpr std::array<sim::PartsPerMillion, 8> shares{100'000, 150'000, 200'000, 250'000,
                                                     300'000, 350'000, 400'000, 450'000};
constexpr std::array<sim::PartsPerMillion, 3> tie_shares{0, 500'000, 1'000'000};

struct Cell {
    sim::PartsPerMillion share = 0;
    sim::PartsPerMillion tie_share = 0;  ///< asked for
    double reached = 0;                  ///< what there can be of it, with so many others
    bool at_threshold = false;
};

/// With hundreds of blocks, what is left in secret at the end is little.
sim::Scenario scenario_of(const Cell& cell, std::uint32_t blocks, std::uint64_t seed) {
    sim::Scenario scenario = attack_scenario("selfish", seed);
    scenario.attack.hash_share = cell.share;
    scenario.attack.gamma = cell.tie_share;
    scenario.workload.blocks = blocks;
    scenario.workload.payments_max = 0;
    scenario.workload.payments_per_1000_seconds = 0;
    return scenario;
}

double tie_share_reached(sim::PartsPerMillion tie_share) {
    sim::Scenario scenario = scenario_of({.share = shares.front(), .tie_share = tie_share}, 1, 1);
    Random random{1};
    auto topology = sim::topology_from_spec(scenario.topology.generator, scenario.participants,
                                            random, nullptr);
    CHECK(topology, "what is built in is sound");
    return sim::make_tie_network(scenario, topology->graph, tie_share) / 1e6;
}

/// For each tie share all shares, and the one from which on it pays.
std::vector<Cell> all_cells() {
    std::vector<Cell> cells;
    for (const sim::PartsPerMillion tie_share : tie_shares) {
        const double reached = tie_share_reached(tie_share);
        for (const sim::PartsPerMillion share : shares)
            cells.push_back({.share = share, .tie_share = tie_share, .reached = reached});
        const double threshold = sim::selfish_threshold(reached);
        cells.push_back({.share = static_cast<sim::PartsPerMillion>(threshold * 1e6),
                         .tie_share = tie_share,
                         .reached = reached,
                         .at_threshold = true});
    }
    return cells;
}

double revenue_of(const Cell& cell, std::uint64_t seed, const Plan& plan) {
    const sim::AttackOutcome outcome =
        outcome_of(scenario_of(cell, plan.scaled(1'000, 300), seed), plan);
    for (const auto& figure : outcome.figures)
        if (figure.name == "revenue_share") return figure.value;
    CHECK(false, "selfish mining earns something");
}

/// At the threshold what it earns is what it has.
Finding judge(const Cell& cell, std::span<const double> revenues) {
    statistics::SampleMean sample;
    for (const double revenue : revenues) sample.add(percent * revenue);
    const double share = cell.share / 1e6;
    const double earned = sim::selfish_revenue({.share = share, .tie_share = cell.reached});
    return {.what = fmt::format("{:.1f} % of the hash rate, gamma {:.2f}{}", percent * share,
                                cell.reached, cell.at_threshold ? " *" : ""),
            .expected = percent * (cell.at_threshold ? share : earned),
            .simulated = sample.mean(),
            .interval = sample.interval(confidence).value(),
            .samples = sample.count()};
}

}  // namespace

std::vector<Finding> check_selfish_mining(const Plan& plan) {
    const std::vector<Cell> cells = all_cells();
    const std::uint32_t runs = plan.scaled(40, 4);
    std::vector<double> revenues(cells.size() * runs);
    plan.runner(revenues.size(), [&](std::size_t i) {
        revenues[i] = revenue_of(cells[i / runs], plan.seed_of("selfish", i), plan);
    });
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < cells.size(); ++i)
        findings.push_back(judge(cells[i], std::span{revenues}.subspan(i * runs, runs)));
    return findings;
}

}  // namespace bezant::fidelity
