// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>

#include "sim/topology/graph.hpp"
#include "sim/world.hpp"

namespace bezant::sim::test {

/// The demonstration's network: a tree of ten.
inline Graph ten_participants() {
    return Graph{10, {{0, 1}, {0, 6}, {0, 7}, {1, 2}, {2, 3}, {3, 4}, {3, 9}, {4, 5}, {4, 8}}};
}

/// Five rounds of the classroom with really searched nonces.
inline Scenario classroom(std::uint64_t seed) {
    Scenario scenario;
    scenario.name = "classroom";
    scenario.seed = seed;
    scenario.virtual_time_max = seconds(86'400);
    return scenario;
}

/// The same rules on sampled work: no hashing, so that many runs take little time.
inline Scenario sampled(std::uint64_t seed, std::uint32_t participants) {
    Scenario scenario = classroom(seed);
    scenario.name = "sampled";
    scenario.participants = participants;
    scenario.network.proof_of_work = ProofOfWork::sampled;
    return scenario;
}

/// A random tree with a few links more.
inline Graph random_graph(Random& random, std::uint32_t participants) {
    std::vector<Edge> edges;
    for (std::uint32_t who = 1; who < participants; ++who) {
        edges.push_back(edge_of(who, static_cast<std::uint32_t>(random.below(who))));
    }
    for (std::uint32_t i = 0; i < participants; ++i) {
        const auto one = static_cast<std::uint32_t>(random.below(participants));
        const auto other = static_cast<std::uint32_t>(random.below(participants));
        if (one != other) edges.push_back(edge_of(one, other));
    }
    std::ranges::sort(edges);
    edges.erase(std::ranges::unique(edges).begin(), edges.end());
    return Graph{participants, edges};
}

inline std::string text_of(const RunFailure& failure) {
    return fmt::format("seed {}: {}: {}", failure.seed, failure.check, failure.detail);
}

}  // namespace bezant::sim::test
