// SPDX-License-Identifier: Apache-2.0
#include "ledger/parameters.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "crypto/hash.hpp"

namespace bezant {

namespace {

constexpr std::uint32_t subsidy_bits = 64;

std::optional<Amount> checked_multiply(Amount each, std::uint64_t count) {
    if (count != 0 && each.value > UINT64_MAX / count) return std::nullopt;
    return Amount{each.value * count};
}

std::optional<Amount> genesis_allocation(const Parameters& parameters) {
    Amount sum;
    for (const Transaction& transaction : parameters.genesis.transactions) {
        for (const Output& output : transaction.outputs) {
            const auto next_sum = checked_add(sum, output.amount);
            if (!next_sum) return std::nullopt;
            sum = *next_sum;
        }
    }
    return sum;
}

// The genesis allocation and the subsidies of the first `blocks` blocks after it.
std::optional<Amount> issued_after(std::uint64_t blocks, const Parameters& parameters) {
    auto sum = genesis_allocation(parameters);
    for (std::uint32_t halvings = 0; halvings < subsidy_bits && blocks > 0; ++halvings) {
        const Amount each{parameters.initial_subsidy.value >> halvings};
        const std::uint64_t count = std::min<std::uint64_t>(blocks, parameters.halving_interval);
        const auto part = checked_multiply(each, count);
        if (!sum || !part) return std::nullopt;
        sum = checked_add(*sum, *part);
        blocks -= count;
    }
    return sum;
}

}  // namespace

Amount subsidy_at(Height height, const Parameters& parameters) {
    CHECK(parameters.halving_interval > 0, "the subsidy halves after a number of blocks");
    if (height.value == 0) return Amount{};
    const std::uint32_t halvings = (height.value - 1) / parameters.halving_interval;
    if (halvings >= subsidy_bits) return Amount{};
    return Amount{parameters.initial_subsidy.value >> halvings};
}

std::optional<Amount> checked_maximum_supply(const Parameters& parameters) {
    return issued_after(UINT64_MAX, parameters);
}

Amount maximum_supply(const Parameters& parameters) {
    const auto supply = checked_maximum_supply(parameters);
    CHECK(supply, "all money of a network fits into 64 bits");
    return *supply;
}

Amount scheduled_supply(Height height, const Parameters& parameters) {
    const auto supply = issued_after(height.value, parameters);
    CHECK(supply, "all money of a network fits into 64 bits");
    return *supply;
}

Block make_genesis(std::string_view network, std::uint32_t time, CompactTarget target,
                   std::span<const Output> allocation) {
    Transaction coinbase;
    const Hash256 extranonce = tagged_hash("bezant/genesis", as_bytes(network));
    Input& input = coinbase.inputs.emplace_back();
    input.previous = {TransactionId{extranonce.bytes}, coinbase_output_index};
    coinbase.outputs.assign(allocation.begin(), allocation.end());

    Block block;
    block.transactions.push_back(std::move(coinbase));
    block.header.time = time;
    block.header.target = target;
    block.header.merkle_root = merkle_root(block);
    return block;
}

}  // namespace bezant
