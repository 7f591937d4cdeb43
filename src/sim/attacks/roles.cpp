// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/roles.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/hash_rate.hpp"
#include "sim/topology/graph_distance.hpp"

namespace bezant::sim {

namespace {

std::vector<PartsPerMillion> shares_of(const Scenario& scenario) {
    Scenario of_a_million = scenario;
    of_a_million.mining.hash_rate = one_million;
    std::vector<PartsPerMillion> shares;
    for (const HashRate& rate : hash_rates(of_a_million))
        shares.push_back(static_cast<PartsPerMillion>(rate.per_million_seconds / one_million));
    return shares;
}

}  // namespace

ParticipantId victim_of(const AttackSettings& attack, const Graph& graph) {
    if (attack.victim) return *attack.victim;
    const std::vector<std::uint32_t> hops = hop_distances(graph, attack.attacker);
    return static_cast<ParticipantId>(std::ranges::max_element(hops) - hops.begin());
}

void give_share(Scenario& scenario, ParticipantId who, PartsPerMillion share) {
    std::vector<PartsPerMillion> shares = shares_of(scenario);
    shares[who] = 0;
    const auto others = std::accumulate(shares.begin(), shares.end(), std::uint64_t{0});
    const std::uint64_t rest = one_million - share;
    for (PartsPerMillion& other : shares) {
        if (others > 0) other = static_cast<PartsPerMillion>(other * rest / others);
    }
    shares[who] = share;
    scenario.mining.shares = std::move(shares);
    scenario.mining.miners.reset();
}

PartsPerMillion share_of(const Scenario& scenario, ParticipantId who) {
    return shares_of(scenario)[who];
}

double percent(PartsPerMillion share) { return static_cast<double>(share) / (one_million / 100.0); }

void make_stream(WorkloadSettings& workload, std::uint32_t blocks) {
    if (workload.kind == WorkloadKind::stream) return;
    workload.kind = WorkloadKind::stream;
    workload.blocks = blocks;
    workload.payments_max = workload.rounds * workload.payments_per_round;
    workload.payments_per_1000_seconds = workload.payments_max > 0 ? 1'000 : 0;
}

// A link that was dropped counts as sound; only one that failed can be mended.
void call_again(AttackControl& control, ParticipantId caller, ParticipantId neighbour,
                Duration after) {
    Fault fault{.kind = FaultKind::disconnect,
                .at = after,
                .participants = {caller},
                .neighbour = neighbour,
                .skew = {}};
    control.inflict(fault);
    fault.kind = FaultKind::reconnect;
    fault.at = after + milliseconds(1);
    control.inflict(fault);
}

}  // namespace bezant::sim
