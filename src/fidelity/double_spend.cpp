// SPDX-License-Identifier: Apache-2.0
// How often a payment with n confirmations is taken back: Rosenfeld 2012, "Analysis of
// hashrate-based double-spending".
#include <fmt/format.h>

#include <array>

#include "fidelity/attacked_world.hpp"
#include "fidelity/check.hpp"
#include "sim/attacks/odds.hpp"
#include "statistics/proportion.hpp"

namespace bezant::fidelity {

namespace {

constexpr std::array<sim::PartsPerMillion, 3> attacker_shares{100'000, 200'000, 300'000};
constexpr std::uint32_t confirmations_max = 6;
constexpr std::size_t attempts = attacker_shares.size() * confirmations_max;

struct Attempt {
    sim::PartsPerMillion share = 0;
    std::uint32_t confirmations = 0;
};

Attempt attempt(std::size_t number) {
    return {.share = attacker_shares[number / confirmations_max],
            .confirmations = static_cast<std::uint32_t>(number % confirmations_max) + 1};
}

bool succeeds(const Attempt& attempt, std::uint64_t seed, const Plan& plan) {
    sim::Scenario scenario = attack_scenario("majority", seed);
    scenario.attack.hash_share = attempt.share;
    scenario.attack.confirmations = attempt.confirmations;
    return outcome_of(scenario, plan).succeeded;
}

Finding judge(const Attempt& attempt, std::uint64_t successes, std::uint64_t runs) {
    const auto interval = statistics::interval_of_proportion(successes, runs, confidence);
    return {.what = fmt::format("{} % of the hash rate, {} confirmation{}", attempt.share / 10'000,
                                attempt.confirmations, attempt.confirmations == 1 ? "" : "s"),
            .expected = percent * sim::double_spend_odds(attempt.share, attempt.confirmations),
            .simulated = percent * static_cast<double>(successes) / static_cast<double>(runs),
            .interval = {percent * interval.low, percent * interval.high},
            .samples = runs};
}

}  // namespace

std::vector<Finding> check_double_spend(const Plan& plan) {
    const std::uint32_t runs = plan.scaled(4'000, 100);
    // A job is some runs of one attempt: a run takes less than a millisecond.
    constexpr std::uint32_t runs_of_job = 100;
    const std::uint32_t jobs_of_attempt = runs / runs_of_job;
    std::vector<std::uint64_t> successes(attempts * jobs_of_attempt);
    plan.runner(successes.size(), [&](std::size_t job) {
        for (std::uint64_t i = 0; i < runs_of_job; ++i) {
            const std::uint64_t seed = plan.seed_of("double-spend", job * runs_of_job + i);
            if (succeeds(attempt(job / jobs_of_attempt), seed, plan)) ++successes[job];
        }
    });
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < attempts; ++i) {
        std::uint64_t sum = 0;
        for (std::uint32_t job = 0; job < jobs_of_attempt; ++job)
            sum += successes[i * jobs_of_attempt + job];
        findings.push_back(judge(attempt(i), sum, std::uint64_t{jobs_of_attempt} * runs_of_job));
    }
    return findings;
}

}  // namespace bezant::fidelity
