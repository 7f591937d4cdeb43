// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/time_warp.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/honest_clocks.hpp"
#include "sim/attacks/miner_share.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/network_parameters.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr PartsPerMillion time_warp_share_usual = 400'000;
constexpr std::uint32_t time_warp_blocks_usual = 2'000;
/// Headers tell whole seconds, of when the search began: they can be off by so much of a block.
constexpr double rounding = 1;
/// So that a block which travels slowly is not refused.
constexpr Duration margin = seconds(1);

}  // namespace

void TimeWarp::prepare(Scenario& scenario, Graph& /*graph*/) {
    hash_share_ = settings_.hash_share.value_or(time_warp_share_usual);
    hash_rate_ = scenario.mining.hash_rate;
    give_share(scenario, settings_.attacker, hash_share_);
    NetworkSettings& network = scenario.network;
    network.schedule = TargetSchedule::asert;
    const std::uint64_t interval = network_parameters(network, {}).block_interval_seconds;
    network.hashes_per_block = std::max<std::uint64_t>(1, hash_rate_ * interval / 2);
    make_stream(scenario.workload, time_warp_blocks_usual);
}

void TimeWarp::begun(AttackControl& control) {
    const Parameters& parameters = control.archive().parameters();
    ahead_ = seconds(parameters.future_seconds_max) - margin;
    control.inflict({.kind = FaultKind::clock_skew,
                     .at = {},
                     .participants = {settings_.attacker},
                     .neighbour = {},
                     .skew = ahead_});
    story_.tell(
        {}, fmt::format("{}, with {:.1f} % of all hash rate, sets the clock {} ahead",
                        called(settings_.attacker), percent(hash_share_), seconds_text(ahead_)));
}

AttackOutcome TimeWarp::outcome(const World& world) const {
    const double interval = world.archive().parameters().block_interval_seconds;
    const double lie = static_cast<double>(ahead_.microseconds) / 1e6 / interval;
    const MinerShare found = share_of_miner(world, settings_.attacker);
    const auto height = static_cast<double>(found.main_chain());
    const double ahead = blocks_ahead_of_honest_clocks(world, hash_rate_);
    AttackOutcome outcome{.name = "time-warp",
                          .succeeded = ahead > lie + rounding,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = {},
                          .figures = {}};
    outcome.figures = {
        {"blocks", "blocks of the main chain", height, {}},
        {"blocks_ahead", "of them ahead of honest clocks", ahead, {}},
        {"blocks_ahead_max", "the most that a lie of this length can do", lie, {}},
        {"revenue_share", "his share of the blocks", found.revenue(), percent(hash_share_) / 100}};
    outcome.detail = fmt::format(
        "After {:.0f} blocks the chain is {:.1f} ahead of where honest clocks would have it; a "
        "clock that is {} ahead can make it {:.1f}, once and for all. All miners find blocks as "
        "much faster: he has his share of them, and no more.",
        height, ahead, seconds_text(ahead_), lie);
    return outcome;
}

}  // namespace bezant::sim
