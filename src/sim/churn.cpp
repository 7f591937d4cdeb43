// SPDX-License-Identifier: Apache-2.0
#include "sim/churn.hpp"

#include <algorithm>
#include <tuple>

#include "sim/observer.hpp"

namespace bezant::sim {

namespace {

/// Someone goes, or comes back.
struct Turn {
    Duration at;
    ParticipantId who = 0;
    bool leaves = false;
};

bool comes_and_goes(const Scenario& scenario, ParticipantId who, Random& random) {
    const bool drawn = random.chance(scenario.churn.share, one_million);
    const auto& attack = scenario.attack;
    return drawn && (attack.kind == AttackKind::none || attack.attacker != who);
}

/// The turns of one participant. Who is away at the start goes at once: the law has no memory, so
/// that the time away from then on is the same.
void add_turns(const ChurnSettings& churn, ParticipantId who, Random& random,
               std::vector<Turn>& turns) {
    const std::int64_t cycle = churn.online_mean.microseconds + churn.offline_mean.microseconds;
    bool leaves = random.chance(static_cast<std::uint64_t>(churn.offline_mean.microseconds),
                                static_cast<std::uint64_t>(cycle));
    Duration at{};
    if (!leaves) {
        at = random.exponential(churn.online_mean);
        leaves = true;
    }
    for (; at < churn.until; leaves = !leaves) {
        turns.push_back({.at = at, .who = who, .leaves = leaves});
        at = at + random.exponential(leaves ? churn.offline_mean : churn.online_mean);
    }
    if (!leaves) turns.push_back({.at = churn.until, .who = who, .leaves = false});
}

}  // namespace

std::vector<Fault> churn_faults(const Scenario& scenario, const Random& random) {
    if (scenario.churn.until == Duration{}) return {};
    std::vector<Turn> turns;
    for (ParticipantId who = 0; who < scenario.participants; ++who) {
        Random own = random.stream("churn", who);
        if (comes_and_goes(scenario, who, own)) add_turns(scenario.churn, who, own, turns);
    }
    std::ranges::sort(turns, {},
                      [](const Turn& turn) { return std::tuple{turn.at, turn.who, turn.leaves}; });
    std::vector<bool> is_away(scenario.participants);
    std::uint32_t present = scenario.participants;
    std::vector<Fault> faults;
    for (const Turn& turn : turns) {
        if (turn.leaves ? present == 1 : !is_away[turn.who]) continue;
        is_away[turn.who] = turn.leaves;
        present = turn.leaves ? present - 1 : present + 1;
        faults.push_back({.kind = turn.leaves ? FaultKind::leave : FaultKind::restart,
                          .at = turn.at,
                          .participants = {turn.who},
                          .neighbour = {}});
    }
    return faults;
}

std::uint64_t churn_faults_expected(const Scenario& scenario) {
    const ChurnSettings& churn = scenario.churn;
    const std::int64_t cycle = churn.online_mean.microseconds + churn.offline_mean.microseconds;
    const auto cycles = static_cast<std::uint64_t>(churn.until.microseconds / cycle + 1);
    return cycles * scenario.participants * 2;
}

}  // namespace bezant::sim
