// SPDX-License-Identifier: Apache-2.0
// Whoever has a share of the hash rate finds that share of the blocks.
#include <fmt/format.h>

#include <array>

#include "fidelity/check.hpp"
#include "fidelity/mined_world.hpp"
#include "statistics/goodness_of_fit.hpp"
#include "statistics/proportion.hpp"

namespace bezant::fidelity {

namespace {

constexpr std::array<sim::PartsPerMillion, 5> miners_shares{400'000, 300'000, 150'000, 100'000,
                                                            50'000};

std::vector<std::uint64_t> blocks_won(const Plan& plan) {
    sim::Scenario scenario =
        mining_alone(miners_shares.size(), plan.scaled(20'000, 2'000), plan.seed_of("revenue", 0));
    scenario.network.hashes_per_block = 10'000;
    scenario.mining.hash_rate = 1'000;
    scenario.mining.shares = {miners_shares.begin(), miners_shares.end()};
    std::vector<std::uint64_t> won(miners_shares.size());
    for (const MinedBlock& block : main_chain_of(scenario, plan)) ++won[block.miner];
    return won;
}

}  // namespace

std::vector<Finding> check_revenue(const Plan& plan) {
    const std::vector<std::uint64_t> won = blocks_won(plan);
    std::uint64_t all = 0;
    for (const std::uint64_t blocks : won) all += blocks;
    std::vector<double> chances;
    for (const sim::PartsPerMillion share : miners_shares) chances.push_back(share / 1e6);
    std::vector<Finding> findings;
    for (std::size_t who = 0; who < won.size(); ++who) {
        const auto interval = statistics::interval_of_proportion(won[who], all, confidence);
        findings.push_back(
            {.what = fmt::format("miner with {:.0f} %", chances[who] * percent),
             .expected = chances[who] * percent,
             .simulated = percent * static_cast<double>(won[who]) / static_cast<double>(all),
             .interval = {interval.low * percent, interval.high * percent},
             .samples = all});
    }
    const auto fit = statistics::chi_squared_test(won, chances);
    findings.push_back({.what = "all together",
                        .expected = percent,
                        .simulated = percent,
                        .interval = {percent, percent},
                        .samples = all,
                        .p_value = fit.p_value});
    return findings;
}

}  // namespace bezant::fidelity
