// SPDX-License-Identifier: Apache-2.0
#include "apps/bench/bench_case.hpp"

#include <fmt/format.h>

#include <array>

namespace bezant::apps {

namespace {

// What others take was measured on a machine of two cores like the one that the limits are for.
constexpr std::array<BenchCase, 7> cases{{
    {"relay-600", "internet", 600, 1'000, "", false, "limit 0.4 s of CPU; SimBlock takes 8.0 s"},
    {"relay-10000", "internet", 10'000, 100, "", false,
     "limit 9 ms of CPU a block, 400 MB; SimBlock takes 440 ms, 800 MB"},
    {"relay-100000", "internet", 100'000, 30, "", false,
     "limit twice the CPU of relay-600 a participant and block"},
    {"iblock-30-6h", "iblock-30", 0, 0, "6h", false, "limit 5 s; iblock takes 9.6 s"},
    {"iblock-30-7d", "iblock-30", 0, 0, "7d", true, "limit 150 s, 1 GB; iblock takes 6,006 s"},
    {"iblock-80-10d", "iblock-80", 0, 0, "10d", true,
     "limit 300 s, 1.5 GB; iblock takes 5,138 s, 13.2 GB"},
    {"ten-thousand", "ten-thousand", 0, 0, "", true, "no other simulator has its like"},
}};

}  // namespace

std::span<const BenchCase> bench_cases() { return cases; }

ScenarioChoice choice_of(const BenchCase& bench_case, std::optional<std::uint32_t> participants,
                         std::optional<std::uint32_t> blocks) {
    ScenarioChoice choice;
    choice.scenario = bench_case.scenario;
    const std::uint32_t size = participants.value_or(bench_case.participants);
    if (size > 0) choice.participants = std::to_string(size);
    const std::uint32_t length = blocks.value_or(bench_case.blocks);
    if (length > 0) choice.settings.push_back(fmt::format("workload.blocks={}", length));
    if (!bench_case.duration.empty())
        choice.settings.push_back(fmt::format("workload.duration={}", bench_case.duration));
    return choice;
}

}  // namespace bezant::apps
