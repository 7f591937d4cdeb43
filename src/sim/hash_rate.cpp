// SPDX-License-Identifier: Apache-2.0
#include "sim/hash_rate.hpp"

#include <algorithm>
#include <numeric>

#include "base/check.hpp"

namespace bezant::sim {

namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

Duration time_of_hashes(std::uint64_t hashes, HashRate rate) {
    CHECK(rate.per_million_seconds > 0, "whoever mines makes some hashes");
    constexpr std::uint64_t microseconds_per_million_seconds = 1'000'000'000'000;
    const Wide scaled = static_cast<Wide>(hashes) * microseconds_per_million_seconds;
    const Wide time = (scaled + rate.per_million_seconds - 1) / rate.per_million_seconds;
    // A time beyond any run, with room to add it to a moment.
    constexpr std::int64_t never = INT64_MAX / 4;
    return {time > Wide{never} ? never : static_cast<std::int64_t>(time)};
}

std::vector<HashRate> hash_rates(const Scenario& scenario) {
    const MiningSettings& settings = scenario.mining;
    const std::uint32_t miners =
        std::min(settings.miners.value_or(scenario.participants), scenario.participants);
    const std::vector<std::uint64_t> parts =
        miners_parts(settings.law, miners, Random{scenario.seed}.stream("hash rates"));
    const auto sum = std::accumulate(parts.begin(), parts.end(), Wide{});
    const Wide all = static_cast<Wide>(settings.hash_rate) * one_million;
    std::vector<HashRate> rates(scenario.participants);
    for (std::uint32_t who = 0; who < miners; ++who) {
        const bool shared = !settings.shares.empty();
        const Wide rate = shared ? static_cast<Wide>(settings.hash_rate) * settings.shares[who]
                                 : all * parts[who] / sum;
        rates[who] = {static_cast<std::uint64_t>(rate)};
    }
    return rates;
}

}  // namespace bezant::sim
