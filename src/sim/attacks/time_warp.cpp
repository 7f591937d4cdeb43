// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/time_warp.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/roles.hpp"
#include "sim/network_parameters.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr PartsPerMillion time_warp_share_usual = 400'000;
constexpr std::uint32_t time_warp_blocks_usual = 2'000;
/// By so many blocks a chain strays from its schedule: the root of h / (2 ln 2), where a target
/// halves in h = 288 blocks.
constexpr double scatter = 14.4;
/// So that a block which travels slowly is not refused.
constexpr Duration margin = seconds(1);

}  // namespace

void TimeWarp::prepare(Scenario& scenario, Graph& /*graph*/) {
    hash_share_ = settings_.hash_share.value_or(time_warp_share_usual);
    give_share(scenario, settings_.attacker, hash_share_);
    NetworkSettings& network = scenario.network;
    network.schedule = TargetSchedule::asert;
    const std::uint64_t interval = network_parameters(network, {}).block_interval_seconds;
    network.hashes_per_block = std::max<std::uint64_t>(1, scenario.mining.hash_rate * interval / 2);
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
    const BlockTree& blocks = world.archive().blocks();
    const double interval = world.archive().parameters().block_interval_seconds;
    const double lie = static_cast<double>(ahead_.microseconds) / 1e6 / interval;
    std::uint64_t his = 0;
    double height = 0;
    Time last;
    for (BlockIndex block = world.common_tip(); block != genesis_index;
         block = blocks[block].parent) {
        const BlockHistory* history = world.history(block);
        if (history == nullptr) continue;
        if (height == 0) last = history->mined;
        ++height;
        his += history->miner == settings_.attacker ? 1U : 0U;
    }
    const Time start = world.now() - world.elapsed();
    const double scheduled = static_cast<double>((last - start).microseconds) / 1e6 / interval;
    // The first target is the easiest that there may be, and half of what the hash rate is worth,
    // so that it does not hold the schedule back: at twice the difficulty ASERT is a half life
    // ahead.
    const double half_life = world.archive().parameters().half_life_seconds / interval;
    const double ahead = height == 0 ? 0 : height - scheduled - half_life;
    const double share = percent(hash_share_) / 100;
    AttackOutcome outcome{.name = "time-warp",
                          .succeeded = ahead > lie + 4 * scatter,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = {},
                          .figures = {}};
    outcome.figures = {{"blocks", "blocks of the main chain", height, {}},
                       {"blocks_ahead", "of them ahead of honest clocks", ahead, {}},
                       {"blocks_ahead_max", "the most that a lie of this length can do", lie, {}},
                       {"revenue_share", "his share of the blocks",
                        height == 0 ? 0 : static_cast<double>(his) / height, share}};
    outcome.detail = fmt::format(
        "After {:.0f} blocks the chain is {:.1f} ahead of where honest clocks would have it; a "
        "clock "
        "that is {} ahead can make it {:.1f}, once and for all. All miners find blocks as much "
        "faster: he has his share of them, and no more.",
        height, ahead, seconds_text(ahead_), lie);
    return outcome;
}

}  // namespace bezant::sim
