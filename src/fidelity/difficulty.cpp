// SPDX-License-Identifier: Apache-2.0
// How the target follows when all hash rate changes at once.
//
// ASERT makes the target the first one's times 2^((t - T h) / tau) at height h after time t, where
// T is the interval wanted and tau the half-life. Where blocks take r T at the first target, on the
// mean a block takes r T / y at y times that; so with h as the time
// dy/dh = ln 2 (T / tau) (r - y), and y = r - (r - 1) 2^(-h T / tau).
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "fidelity/check.hpp"
#include "fidelity/mined_world.hpp"
#include "statistics/sample_mean.hpp"

namespace bezant::fidelity {

namespace {

constexpr std::uint32_t half_life_blocks = 288;  ///< two days of ten minutes each
constexpr std::uint64_t wanted_interval_s = 600;
constexpr std::uint32_t half_lives = 3;

/// How many times too fast blocks come at first. (Too slow they cannot be helped: the first target
/// is the easiest there is.)
constexpr std::array<std::uint32_t, 2> speeds{4, 16};

sim::Scenario scenario_of(std::uint32_t speed, std::uint64_t seed) {
    constexpr std::uint64_t hash_rate = 1'600'000;
    sim::Scenario scenario = mining_alone(3, half_life_blocks * half_lives + 1, seed);
    scenario.network.rules = "main";
    scenario.network.schedule = TargetSchedule::asert;
    scenario.network.hashes_per_block = hash_rate * wanted_interval_s / speed;
    scenario.mining.hash_rate = hash_rate;
    return scenario;
}

double expected_after(std::uint32_t speed, std::uint32_t passed) {
    const double ratio = 1.0 / speed;
    return ratio - (ratio - 1) * std::pow(0.5, passed);
}

/// One column for each number of half-lives passed.
using Targets = std::array<double, half_lives>;

Targets targets_of(std::uint32_t speed, std::uint64_t seed, const Plan& plan) {
    const auto chain = main_chain_of(scenario_of(speed, seed), plan);
    Targets targets{};
    for (std::size_t i = 0; i < half_lives; ++i) {
        // The header at this height follows from all before it.
        targets[i] = chain[(i + 1) * half_life_blocks].target / chain.front().target;
    }
    return targets;
}

}  // namespace

std::vector<Finding> check_difficulty(const Plan& plan) {
    const std::uint32_t runs = plan.scaled(100, 6);
    std::vector<Targets> targets(speeds.size() * runs);
    plan.runner(targets.size(), [&](std::size_t i) {
        targets[i] = targets_of(speeds[i / runs], plan.seed_of("difficulty", i), plan);
    });
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < speeds.size(); ++i) {
        for (std::uint32_t passed = 1; passed <= half_lives; ++passed) {
            statistics::SampleMean sample;
            for (std::uint32_t run = 0; run < runs; ++run)
                sample.add(targets[i * runs + run][passed - 1]);
            findings.push_back({.what = fmt::format("{} times too fast, {} half-li{} on", speeds[i],
                                                    passed, passed == 1 ? "fe" : "ves"),
                                .expected = expected_after(speeds[i], passed),
                                .simulated = sample.mean(),
                                .interval = sample.interval(confidence).value(),
                                .samples = runs});
        }
    }
    return findings;
}

}  // namespace bezant::fidelity
