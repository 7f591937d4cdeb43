// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario.hpp"
#include "statistics/interval.hpp"

namespace bezant::fidelity {

/// Of each finding alone. There are some seventy, so that in fourteen of fifteen suites of true
/// agreement none goes astray; and the seed that the suite is run with is one of those.
inline constexpr double confidence = 0.999;

/// Shares are given in percent.
inline constexpr double percent = 100;

/// A number that theory or measurement gives, and what simulation makes of it.
struct Finding {
    std::string what;
    double expected = 0;
    double simulated = 0;
    statistics::Interval interval;  ///< of the simulated one, with `confidence`
    std::uint64_t samples = 0;
    /// Of a test of fit, which decides where there is one; else the interval does.
    std::optional<double> p_value{};

    [[nodiscard]] bool agrees() const {
        if (p_value) return *p_value >= 1 - confidence;
        return interval.low <= expected && expected <= interval.high;
    }
};

/// Calls job(0), job(1), … job(count - 1), each once, in any order, maybe several at a time.
using Runner = std::function<void(std::size_t count, const std::function<void(std::size_t)>& job)>;

/// How the checks are run.
struct Plan {
    /// How much is simulated: 1 for the whole suite; a tenth is enough to see gross errors.
    double scale = 1;
    std::uint64_t seed = 1;
    Runner runner;
    /// Changes each scenario behind the back of the theory that it is compared with: for tests that
    /// the suite notices.
    std::function<void(sim::Scenario&)> bend{};

    /// So much of a number at full scale, at least `least`.
    [[nodiscard]] std::uint32_t scaled(std::uint32_t full, std::uint32_t least) const;
    /// The seed of the n-th run of a check.
    [[nodiscard]] std::uint64_t seed_of(std::string_view check, std::uint64_t run) const;
};

/// One comparison of simulation with what is known.
struct Check {
    std::string_view name;    ///< as the command line has it
    std::string_view title;   ///< for people
    std::string_view source;  ///< of what it is compared with
    std::string_view unit;    ///< of its numbers, or empty
    std::vector<Finding> (*run)(const Plan& plan);
};

[[nodiscard]] std::span<const Check> checks();

// What each does: see its file.
[[nodiscard]] std::vector<Finding> check_block_intervals(const Plan& plan);
[[nodiscard]] std::vector<Finding> check_revenue(const Plan& plan);
[[nodiscard]] std::vector<Finding> check_difficulty(const Plan& plan);
[[nodiscard]] std::vector<Finding> check_fork_rate(const Plan& plan);
[[nodiscard]] std::vector<Finding> check_double_spend(const Plan& plan);
[[nodiscard]] std::vector<Finding> check_selfish_mining(const Plan& plan);

}  // namespace bezant::fidelity
