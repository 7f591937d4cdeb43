// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "apps/scenario_source.hpp"

namespace bezant::apps {

/// One run that is measured, and what it is measured by.
struct BenchCase {
    std::string_view name;
    std::string_view scenario;   ///< a built-in one
    std::uint32_t participants;  ///< 0: as the scenario says
    std::uint32_t blocks;        ///< the same
    std::string_view duration;   ///< the same, if empty
    bool takes_minutes;          ///< run only if named, or if all are asked for
    std::string_view beside;     ///< the limit, and what others take
};

[[nodiscard]] std::span<const BenchCase> bench_cases();

/// The case as a scenario, with other numbers of participants and blocks if they are given.
[[nodiscard]] ScenarioChoice choice_of(const BenchCase& bench_case,
                                       std::optional<std::uint32_t> participants,
                                       std::optional<std::uint32_t> blocks);

}  // namespace bezant::apps
