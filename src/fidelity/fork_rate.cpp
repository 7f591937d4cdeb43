// SPDX-License-Identifier: Apache-2.0
// While a block spreads, those who do not have it may find a rival of it. Decker and Wattenhofer
// 2013 ("Information propagation in the Bitcoin network", equation 4): with f(t) the share of those
// who have it, and blocks at a rate of one in T,
//
//     P = 1 - (1 - P_b) ^ (integral of 1 - f(t))
//
// where P_b is the chance of a block in a second. In the limit of short steps of time, which counts
// where T is short, that is 1 - e^(-m / T); the integral is the mean time m until one has it, the
// finder included.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/check.hpp"
#include "fidelity/built_in_scenario.hpp"
#include "fidelity/check.hpp"
#include "sim/relay/relay_world.hpp"
#include "sim/scenario_file.hpp"
#include "sim/topology/geographic.hpp"
#include "statistics/proportion.hpp"

namespace bezant::fidelity {

namespace {

constexpr std::array<std::uint32_t, 6> intervals_s{10, 20, 60, 120, 300, 600};
constexpr std::uint32_t parts = 4;  ///< each on a network of its own

sim::Scenario scenario_of(std::uint32_t interval_s, std::uint32_t blocks, std::uint64_t seed) {
    sim::Scenario scenario = built_in_scenario("internet", seed);
    scenario.network.hashes_per_block = scenario.mining.hash_rate * interval_s;
    scenario.mining.law = {};
    scenario.workload.blocks = blocks;
    return scenario;
}

sim::RelaySummary run(sim::Scenario scenario, const Plan& plan) {
    if (plan.bend) plan.bend(scenario);
    const auto regions = sim::regions_from_toml(*sim::built_in_file(scenario.topology.regions));
    CHECK(regions, "what is built in is sound");
    Random random = Random{scenario.seed}.stream("topology");
    const auto topology = sim::geographic(scenario.participants, *regions, random);
    CHECK(topology, "the model's networks are connected");
    const auto summary = sim::RelayWorld{scenario, *topology, *regions}.run();
    CHECK(summary, "blocks spread faster than they are found");
    return *summary;
}

/// What the runs of one interval come to.
struct Sums {
    std::uint64_t mined = 0;
    std::uint64_t stale = 0;
    double mean_s = 0;  ///< until one has a block

    void add(const sim::RelaySummary& summary) {
        const double others = summary.participants - 1.0;
        mean_s += static_cast<double>(summary.propagation_mean.microseconds) / 1e6 * others /
                  summary.participants / parts;
        mined += summary.blocks.mined;
        stale += summary.blocks.stale;
    }
};

Finding judge(std::uint32_t interval_s, const Sums& sums) {
    // Of all blocks found, rivals among them, and then for each on the main chain.
    const auto for_each_kept = [](double share) { return percent * share / (1 - share); };
    const auto interval = statistics::interval_of_proportion(sums.stale, sums.mined, confidence);
    return {.what = fmt::format("a block in {} s", interval_s),
            .expected = percent * (1 - std::exp(-sums.mean_s / interval_s)),
            .simulated =
                for_each_kept(static_cast<double>(sums.stale) / static_cast<double>(sums.mined)),
            .interval = {for_each_kept(interval.low), for_each_kept(interval.high)},
            .samples = sums.mined};
}

}  // namespace

std::vector<Finding> check_fork_rate(const Plan& plan) {
    const std::uint32_t blocks = plan.scaled(80'000, 2'000) / parts;
    std::vector<sim::RelaySummary> summaries(intervals_s.size() * parts);
    plan.runner(summaries.size(), [&](std::size_t i) {
        summaries[i] =
            run(scenario_of(intervals_s[i / parts], blocks, plan.seed_of("forks", i)), plan);
    });
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < intervals_s.size(); ++i) {
        Sums sums;
        for (std::size_t part = 0; part < parts; ++part) sums.add(summaries[i * parts + part]);
        findings.push_back(judge(intervals_s[i], sums));
    }
    return findings;
}

}  // namespace bezant::fidelity
