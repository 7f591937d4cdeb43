// SPDX-License-Identifier: Apache-2.0
// A topology: two continents, each well connected, and a few cables between them that are slow.
// (docs/extending.md)
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/random.hpp"
#include "sim/world.hpp"

namespace bezant {
namespace {

constexpr std::uint32_t on_each = 30;

/// A ring on each continent, as many links again at random, and so many cables.
sim::Graph two_continents(std::uint32_t cables, Random& random) {
    std::vector<sim::Edge> land;
    for (const std::uint32_t first : {0U, on_each}) {
        const auto anyone = [&] {
            return first + static_cast<std::uint32_t>(random.below(on_each));
        };
        for (std::uint32_t i = 0; i < on_each; ++i) {
            land.push_back(sim::edge_of(first + i, first + (i + 1) % on_each));
            const std::uint32_t one = anyone();
            const std::uint32_t other = anyone();
            if (one != other) land.push_back(sim::edge_of(one, other));
        }
    }
    std::ranges::sort(land);
    land.erase(std::ranges::unique(land).begin(), land.end());
    std::vector<sim::LinkTraits> traits(land.size());  // as the scenario says
    for (std::uint32_t i = 0; i < cables; ++i) {
        land.push_back(sim::edge_of(i, on_each + i));
        traits.push_back({.latency = milliseconds(400), .bandwidth = {}});
    }
    return sim::Graph{2 * on_each, land, traits};
}

Duration time_to_nine_in_ten(std::uint32_t cables) {
    sim::Scenario scenario;
    scenario.participants = 2 * on_each;
    scenario.network.proof_of_work = ProofOfWork::sampled;
    scenario.workload.kind = sim::WorkloadKind::stream;
    scenario.workload.blocks = 100;
    Random random{1};
    sim::World world{scenario, two_continents(cables, random)};
    return world.run().value().propagation.p90;
}

}  // namespace
}  // namespace bezant

int main() {
    const auto one = bezant::time_to_nine_in_ten(1);
    const auto ten = bezant::time_to_nine_in_ten(10);
    fmt::print("nine in ten have a block after {} ms over one cable, {} ms over ten\n",
               one.microseconds / 1'000, ten.microseconds / 1'000);
    return one > ten ? 0 : 1;
}
