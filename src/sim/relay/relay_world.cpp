// SPDX-License-Identifier: Apache-2.0
#include "sim/relay/relay_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/hash_rate.hpp"
#include "sim/measurement.hpp"
#include "sim/mining.hpp"
#include "sim/network_parameters.hpp"

namespace bezant::sim {

namespace {

std::vector<std::uint64_t> sums_of(const std::vector<HashRate>& rates) {
    std::vector<std::uint64_t> sums;
    std::uint64_t sum = 0;
    for (const HashRate& rate : rates) sums.push_back(sum += rate.per_million_seconds);
    return sums;
}

Duration median(std::vector<std::uint32_t> values) {
    if (values.empty()) return {};
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return Duration{*middle};
}

std::vector<RelaySummary::SpreadPoint> spread_of(const Quantiles& times) {
    std::vector<RelaySummary::SpreadPoint> spread;
    for (const std::uint32_t percent : {1U, 10U, 25U, 50U, 75U, 90U, 95U, 99U}) {
        const std::uint32_t share_ppm = percent * (one_million / 100);
        spread.push_back({.share_ppm = share_ppm, .within = times.at(share_ppm)});
    }
    return spread;
}

}  // namespace

RelayWorld::RelayWorld(Scenario scenario, const Topology& topology, const RegionModel& regions)
    : scenario_(std::move(scenario)),
      network_(topology, regions, scenario_),
      engine_(network_, scenario_.relay, Random{scenario_.seed}),
      time_random_(Random{scenario_.seed}.stream("mining")),
      miner_random_(Random{scenario_.seed}.stream("miner")),
      rates_so_far_(sums_of(hash_rates(scenario_))) {
    const CompactTarget target = network_parameters(scenario_.network, {}).target_limit;
    first_interval_ = mean_time_of_block(target, {rates_so_far_.back()});
}

Result<RelaySummary, RunFailure> RelayWorld::run() {
    while (!is_over()) find_next();
    return finish();
}

Result<RelaySummary, RunFailure> RelayWorld::finish() {
    if (failure_) return unexpected{*failure_};
    engine_.finish();
    return summarise();
}

void RelayWorld::find_next() {
    next_us_ += static_cast<std::uint64_t>(time_random_.exponential(mean_interval()).microseconds);
    if (next_us_ > static_cast<std::uint64_t>(scenario_.virtual_time_max.microseconds))
        return fail("the next block is not found within virtual_time_max");
    engine_.advance_to(next_us_);
    if (!engine_.has_room())
        return fail(fmt::format("{} blocks are under way: they are found faster than they spread",
                                RelayEvent::places_max));
    const ParticipantId miner = draw_miner();
    engine_.find_block(miner, block_bytes());
}

void RelayWorld::fail(const std::string& why) {
    failure_ = RunFailure{
        .check = "no_convergence",
        .detail = fmt::format("at {:.6f} s: {}", static_cast<double>(engine_.now_us()) / 1e6, why),
        .seed = scenario_.seed,
        .parts = {},
        .attack = {}};
}

bool RelayWorld::is_over() const {
    const WorkloadSettings& workload = scenario_.workload;
    const std::uint32_t height = engine_.blocks()[engine_.best()].height;
    const bool all_found = workload.blocks > 0 && height >= workload.blocks;
    const bool time_over =
        workload.duration > Duration{} &&
        engine_.now_us() >= static_cast<std::uint64_t>(workload.duration.microseconds);
    return failure_ || all_found || time_over;
}

double RelayWorld::progress() const {
    const WorkloadSettings& workload = scenario_.workload;
    double share = 0;
    if (workload.blocks > 0)
        share = static_cast<double>(engine_.blocks()[engine_.best()].height) / workload.blocks;
    if (workload.duration > Duration{}) {
        share = std::max(share, static_cast<double>(engine_.now_us()) /
                                    static_cast<double>(workload.duration.microseconds));
    }
    return std::min(share, 1.0);
}

std::uint64_t RelayWorld::grown(std::uint64_t first, std::uint64_t last) const {
    __extension__ using Wide = unsigned __int128;
    constexpr std::uint64_t steps = one_million;
    const auto step = static_cast<std::uint64_t>(progress() * steps);
    return static_cast<std::uint64_t>((Wide{first} * (steps - step) + Wide{last} * step) / steps);
}

Duration RelayWorld::mean_interval() const {
    const auto first = static_cast<std::uint64_t>(first_interval_.microseconds);
    const Duration last = scenario_.relay.block_interval_last.value_or(first_interval_);
    return {static_cast<std::int64_t>(grown(first, static_cast<std::uint64_t>(last.microseconds)))};
}

std::uint32_t RelayWorld::block_bytes() const {
    const std::uint32_t first = scenario_.relay.block_bytes;
    return static_cast<std::uint32_t>(
        grown(first, scenario_.relay.block_bytes_last.value_or(first)));
}

ParticipantId RelayWorld::draw_miner() {
    const std::uint64_t drawn = miner_random_.below(rates_so_far_.back());
    return static_cast<ParticipantId>(std::ranges::upper_bound(rates_so_far_, drawn) -
                                      rates_so_far_.begin());
}

std::vector<RelayBlockIndex> RelayWorld::main_chain() const {
    std::vector<RelayBlockIndex> chain;
    for (RelayBlockIndex block = engine_.best(); block != 0;
         block = engine_.blocks()[block].parent) {
        chain.push_back(block);
    }
    std::ranges::reverse(chain);
    return chain;
}

RelaySummary RelayWorld::summarise() const {
    const std::span<const RelayBlock> blocks = engine_.blocks();
    const std::vector<RelayBlockIndex> chain = main_chain();
    std::vector<std::uint32_t> halves;
    std::vector<std::uint32_t> nine_tenths;
    for (const RelayBlockIndex block : chain) {
        if (blocks[block].nine_tenths_us == 0) continue;
        halves.push_back(blocks[block].half_us);
        nine_tenths.push_back(blocks[block].nine_tenths_us);
    }
    const std::uint64_t samples = std::max<std::uint64_t>(1, engine_.times().count());
    return {
        .scenario = scenario_.name,
        .seed = scenario_.seed,
        .digest = engine_.digest(),
        .participants = network_.size(),
        .links = network_.link_count(),
        .virtual_time = Duration{static_cast<std::int64_t>(engine_.now_us())},
        .events = engine_.events(),
        .blocks = {.mined = blocks.size() - 1,
                   .main_chain = chain.size(),
                   .stale = blocks.size() - 1 - chain.size()},
        .propagation = propagation_of(engine_.times()),
        .propagation_mean = Duration{static_cast<std::int64_t>(engine_.times_sum_us() / samples)},
        .spread = spread_of(engine_.times()),
        .half = median(std::move(halves)),
        .nine_tenths = median(std::move(nine_tenths))};
}

}  // namespace bezant::sim
