// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "ledger/parameters.hpp"

namespace bezant {

namespace {

/// 1 January 2026, 00:00:00 UTC: the time of every built-in network's genesis block.
constexpr std::uint32_t genesis_time = 1'767'225'600;

/// ASERT's half life in block intervals: two days of ten-minute blocks.
constexpr std::uint32_t half_life_blocks = 288;

/// Where built-in networks differ.
struct Network {
    std::string_view name;
    std::string_view address_prefix;
    TargetSchedule schedule;
    std::uint32_t target_limit;
    std::uint32_t block_interval_seconds;
    std::uint32_t coinbase_maturity;
};

constexpr std::array<Network, 4> networks{{
    // Bitcoin's limit: a first block takes 2^32 hashes.
    {"main", "bzt", TargetSchedule::asert, 0x1d00ffff, 600, 100},
    // 2^16 hashes, ten times as often: one processor keeps it going, and testers wait less.
    {"test", "tbzt", TargetSchedule::asert, 0x1f00ffff, 60, 100},
    // Two hashes: a block whenever one is wanted.
    {"local", "tbzt", TargetSchedule::fixed, 0x207fffff, 10, 10},
    // 2^256 / 10000: ten thousand hashes, enough to see a search and to wait for none.
    {"classroom", "tbzt", TargetSchedule::fixed, 0x1f068db8, 10, 3},
}};

Parameters parameters_of(const Network& network, std::span<const Output> allocation) {
    Parameters parameters;
    parameters.name = network.name;
    parameters.address_prefix = network.address_prefix;
    parameters.target_limit = CompactTarget{network.target_limit};
    parameters.genesis =
        make_genesis(network.name, genesis_time, parameters.target_limit, allocation);
    parameters.genesis_hash = block_hash(parameters.genesis.header);
    parameters.schedule = network.schedule;
    parameters.block_interval_seconds = network.block_interval_seconds;
    parameters.half_life_seconds = half_life_blocks * network.block_interval_seconds;
    parameters.initial_subsidy = bezants(10);
    parameters.halving_interval = 1'050'000;
    parameters.coinbase_maturity = network.coinbase_maturity;
    parameters.block_bytes_max = 4'000'000;
    parameters.transaction_bytes_max = 100'000;
    parameters.future_seconds_max = 7'200;
    return parameters;
}

}  // namespace

std::optional<Parameters> built_in_parameters(std::string_view name,
                                              std::span<const Output> allocation) {
    for (const Network& network : networks) {
        if (network.name == name) return parameters_of(network, allocation);
    }
    return std::nullopt;
}

}  // namespace bezant
