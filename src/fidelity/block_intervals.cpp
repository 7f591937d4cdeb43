// SPDX-License-Identifier: Apache-2.0
// The time between two blocks follows the exponential law, whether nonces are searched or times
// drawn.
#include <fmt/format.h>

#include <cmath>

#include "fidelity/check.hpp"
#include "fidelity/mined_world.hpp"
#include "statistics/goodness_of_fit.hpp"
#include "statistics/sample_mean.hpp"

namespace bezant::fidelity {

namespace {

constexpr std::uint32_t miners = 4;

std::vector<double> intervals_of(const std::vector<MinedBlock>& chain) {
    std::vector<double> intervals;
    double last = 0;
    for (const MinedBlock& block : chain) {
        intervals.push_back(block.found_s - last);
        last = block.found_s;
    }
    return intervals;
}

Finding judge(std::string what, const std::vector<double>& intervals, double mean) {
    statistics::SampleMean sample;
    for (const double interval : intervals) sample.add(interval);
    const auto fit = statistics::kolmogorov_smirnov_test(
        intervals, [mean](double time) { return 1 - std::exp(-time / mean); });
    return {.what = std::move(what),
            .expected = mean,
            .simulated = sample.mean(),
            .interval = sample.interval(confidence).value(),
            .samples = sample.count(),
            .p_value = fit.p_value};
}

/// With a block each ten thousand hashes, the steps of the search are too small to be seen.
sim::Scenario scenario_of(ProofOfWork work, const Plan& plan) {
    constexpr std::uint64_t hashes_per_block = 10'000;
    const bool searched = work == ProofOfWork::searched;
    const std::uint32_t blocks = searched ? plan.scaled(2'000, 200) : plan.scaled(20'000, 2'000);
    sim::Scenario scenario =
        mining_alone(miners, blocks, plan.seed_of("intervals", searched ? 1 : 0));
    scenario.network.proof_of_work = work;
    scenario.network.hashes_per_block = hashes_per_block;
    scenario.mining.hash_rate = hashes_per_block / 10;
    return scenario;
}

}  // namespace

std::vector<Finding> check_block_intervals(const Plan& plan) {
    constexpr double mean = 10;
    std::vector<Finding> findings(2);
    plan.runner(findings.size(), [&](std::size_t i) {
        const bool searched = i == 1;
        const auto chain = main_chain_of(
            scenario_of(searched ? ProofOfWork::searched : ProofOfWork::sampled, plan), plan);
        findings[i] =
            judge(searched ? "nonces searched" : "times drawn", intervals_of(chain), mean);
    });
    return findings;
}

}  // namespace bezant::fidelity
