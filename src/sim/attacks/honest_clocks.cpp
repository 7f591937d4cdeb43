// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/honest_clocks.hpp"

#include "rules/header_rules.hpp"
#include "sim/mining.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

double blocks_ahead_of_honest_clocks(const World& world, std::uint64_t hash_rate) {
    const Parameters& parameters = world.archive().parameters();
    const BlockTree& blocks = world.archive().blocks();
    const HashRate all{hash_rate * one_million};
    const Time start = from_unix_seconds(parameters.genesis.header.time);
    Time found = start;
    Time honest = start;
    const Height top = blocks[world.common_tip()].height;
    for (Height at{1}; at <= top; at = next(at)) {
        const BlockIndex block = blocks.ancestor(world.common_tip(), at);
        const BlockHistory* history = world.history(block);
        if (history == nullptr) continue;  // nobody has mined it
        const ParentContext parent{.height = Height{at.value - 1},
                                   .time = static_cast<std::uint32_t>(unix_seconds(honest))};
        const Duration took = history->mined - found;
        const auto scaled_by = static_cast<double>(
            mean_time_of_block(next_target(parent, parameters), all).microseconds);
        const auto of =
            static_cast<double>(mean_time_of_block(blocks[block].header.target, all).microseconds);
        found = history->mined;
        honest = honest + Duration{static_cast<std::int64_t>(
                              static_cast<double>(took.microseconds) * scaled_by / of)};
    }
    return static_cast<double>((honest - found).microseconds) / 1e6 /
           parameters.block_interval_seconds;
}

}  // namespace bezant::sim
