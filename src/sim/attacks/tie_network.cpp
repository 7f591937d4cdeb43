// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/tie_network.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "sim/attacks/roles.hpp"

namespace bezant::sim {

namespace {

constexpr Duration to_middle = milliseconds(20);
constexpr Duration to_near_ones = milliseconds(1);
// Block and rival start from the finder, or from the middle. On the way to the others the block's
// three messages take 60 ms; the rival's, once its header was heard, 90 ms to the middle and 3 ms
// to a near one. Any ear between 20 and 60 ms keeps both orders; this one is as far from both as
// may be.
constexpr Duration ear = milliseconds(30);

/// How the others' hash rate is shared out: equally among the near ones, and among the rest.
struct Split {
    std::uint32_t near_ones = 0;
    PartsPerMillion near_share = 0;  ///< of all of the others' hash rate
};

/// The mean, over finders, of what the near ones but the finder have.
PartsPerMillion mean_of(const Split& split) {
    if (split.near_ones == 0) return 0;
    const std::uint64_t share = split.near_share;
    return static_cast<PartsPerMillion>(share - share * share /
                                                    (std::uint64_t{one_million} * split.near_ones));
}

Split split_for(PartsPerMillion tie_share, std::uint32_t others) {
    Split split{.near_ones = static_cast<std::uint32_t>(
                    (std::uint64_t{tie_share} * others + one_million / 2) / one_million)};
    if (tie_share == 0) return {};
    split.near_ones = std::max(split.near_ones, 1U);
    for (; split.near_ones < others; ++split.near_ones)
        for (split.near_share = tie_share; split.near_share < one_million; split.near_share += 100)
            if (mean_of(split) >= tie_share) return split;
    return {.near_ones = others, .near_share = one_million};
}

/// Whoever has the lowest number of those who play no other part.
ParticipantId middle_of(const Scenario& scenario, std::span<const ParticipantId> near_ones) {
    for (ParticipantId who = 0; who < scenario.participants; ++who)
        if (who != scenario.attack.attacker && std::ranges::count(near_ones, who) == 0) return who;
    CHECK(false, "somebody stands in the middle");
}

}  // namespace

void make_split_network(Scenario& scenario, Graph& graph,
                        std::span<const ParticipantId> near_ones) {
    const ParticipantId attacker = scenario.attack.attacker;
    const ParticipantId middle = middle_of(scenario, near_ones);
    std::vector<Edge> edges;
    std::vector<LinkTraits> traits;
    const auto link = [&](ParticipantId one, ParticipantId other, Duration latency) {
        edges.push_back(edge_of(one, other));
        traits.push_back({.latency = latency, .bandwidth = {}});
    };
    for (ParticipantId who = 0; who < scenario.participants; ++who)
        if (who != middle) link(who, middle, who == attacker ? ear : to_middle);
    for (const ParticipantId who : near_ones) link(who, attacker, to_near_ones);
    graph = Graph{scenario.participants, std::move(edges), std::move(traits)};
    scenario.link.jitter = {};
    scenario.link.loss = 0;
    scenario.link.bandwidth_bps = 0;
    scenario.participant.block_relay = BlockRelay::headers;
}

PartsPerMillion make_tie_network(Scenario& scenario, Graph& graph, PartsPerMillion tie_share) {
    CHECK(scenario.participants >= tie_network_min, "two others take part at least");
    const ParticipantId attacker = scenario.attack.attacker;
    const PartsPerMillion share = share_of(scenario, attacker);
    const std::uint32_t others = scenario.participants - 2;
    const Split split = split_for(tie_share, others);
    std::vector<PartsPerMillion> shares(scenario.participants, 0);
    std::vector<ParticipantId> near_ones;
    bool is_middle = true;
    for (ParticipantId who = 0; who < scenario.participants; ++who) {
        if (who == attacker || std::exchange(is_middle, false)) continue;
        const bool is_near = near_ones.size() < split.near_ones;
        if (is_near) near_ones.push_back(who);
        shares[who] = is_near ? split.near_share / split.near_ones
                              : (one_million - split.near_share) / (others - split.near_ones);
    }
    scenario.mining.shares = std::move(shares);
    scenario.mining.miners.reset();
    give_share(scenario, attacker, share);
    make_split_network(scenario, graph, near_ones);
    return mean_of(split);
}

}  // namespace bezant::sim
