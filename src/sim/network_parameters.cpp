// SPDX-License-Identifier: Apache-2.0
#include "sim/network_parameters.hpp"

#include <algorithm>
#include <vector>

#include "base/check.hpp"

namespace bezant::sim {

namespace {

/// The first of an owner's coins has what cannot be divided. A coin is worth something.
std::vector<Output> allocation_of(Amount each, std::uint32_t coins,
                                  std::span<const PublicKeyHash> owners) {
    std::vector<Output> outputs;
    const Amount part{each.value / coins};
    for (const PublicKeyHash& owner : owners) {
        for (std::uint32_t i = 0; i < coins; ++i) {
            const Amount amount{part.value + (i == 0 ? each.value % coins : 0)};
            if (amount > Amount{}) outputs.push_back({.amount = amount, .owner = owner});
        }
    }
    return outputs;
}

void bend(Parameters& parameters, const NetworkSettings& settings) {
    parameters.proof_of_work = settings.proof_of_work;
    parameters.schedule = settings.schedule.value_or(parameters.schedule);
    parameters.coinbase_maturity =
        settings.coinbase_maturity.value_or(parameters.coinbase_maturity);
    parameters.block_bytes_max = settings.block_bytes_max.value_or(parameters.block_bytes_max);
    parameters.transaction_bytes_max =
        std::min(parameters.transaction_bytes_max, parameters.block_bytes_max);
    if (settings.hashes_per_block) {
        parameters.target_limit = target_of_hashes(*settings.hashes_per_block);
    }
    if (settings.block_interval_seconds) {
        // ASERT's half life keeps its length in blocks.
        const std::uint32_t half_life_blocks =
            parameters.half_life_seconds / parameters.block_interval_seconds;
        parameters.block_interval_seconds = *settings.block_interval_seconds;
        parameters.half_life_seconds = half_life_blocks * *settings.block_interval_seconds;
    }
}

}  // namespace

CompactTarget target_of_hashes(std::uint64_t hashes_per_block) {
    CHECK(hashes_per_block > 0, "a block takes at least one hash");
    // A hash is at most the target, zero included: 2^256 / n - 1, that is (2^256 - n) / n.
    const Uint256 divisor{hashes_per_block};
    return compact_from_target((Uint256{} - divisor) / divisor);
}

Parameters network_parameters(const NetworkSettings& settings,
                              std::span<const PublicKeyHash> owners,
                              std::span<const Output> others) {
    std::vector<Output> allocation =
        allocation_of(settings.allocation, settings.allocation_coins, owners);
    allocation.insert(allocation.end(), others.begin(), others.end());
    auto parameters = built_in_parameters(settings.rules, allocation);
    CHECK(parameters, "the scenario names a built-in network");
    bend(*parameters, settings);
    parameters->genesis =
        make_genesis(parameters->name, parameters->genesis.header.time, parameters->target_limit,
                     parameters->genesis.transactions.front().outputs);
    parameters->genesis_hash = block_hash(parameters->genesis.header);
    return *parameters;
}

}  // namespace bezant::sim
