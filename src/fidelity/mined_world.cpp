// SPDX-License-Identifier: Apache-2.0
#include "fidelity/mined_world.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.hpp"
#include "sim/topology/generators.hpp"
#include "sim/world.hpp"

namespace bezant::fidelity {

namespace {

/// Remembers who found what, and when.
struct Finds final : sim::Observer {
    void noticed(const sim::ObservedWorld& world, sim::ParticipantId who,
                 const Notice& notice) override {
        const auto* mined = std::get_if<BlockMined>(&notice);
        if (mined == nullptr) return;
        const double now = static_cast<double>(world.elapsed().microseconds) / 1e6;
        by_block[mined->block.value] = {.found_s = now, .miner = who};
    }
    std::map<std::uint32_t, MinedBlock> by_block;
};

}  // namespace

sim::Scenario mining_alone(std::uint32_t participants, std::uint32_t blocks, std::uint64_t seed) {
    sim::Scenario scenario;
    scenario.seed = seed;
    scenario.participants = participants;
    scenario.checkers = false;
    scenario.network.proof_of_work = ProofOfWork::sampled;
    scenario.link.latency_min = scenario.link.latency_max = milliseconds(1);
    scenario.participant.ping_interval = {};
    scenario.workload.kind = sim::WorkloadKind::stream;
    scenario.workload.blocks = blocks;
    return scenario;
}

std::vector<MinedBlock> main_chain_of(sim::Scenario scenario, const Plan& plan) {
    if (plan.bend) plan.bend(scenario);
    Finds finds;
    sim::World world{scenario, *sim::complete(scenario.participants)};
    world.add_observer(finds);
    const auto summary = world.run();
    CHECK(summary, "miners who are told at once agree");
    std::vector<MinedBlock> chain;
    const BlockTree& blocks = world.archive().blocks();
    for (BlockIndex block = world.common_tip(); block != genesis_index;
         block = blocks[block].parent) {
        chain.push_back(finds.by_block.at(block.value));
        chain.back().target = target_from_compact(blocks[block].header.target).value().to_double();
    }
    std::ranges::reverse(chain);
    return chain;
}

}  // namespace bezant::fidelity
