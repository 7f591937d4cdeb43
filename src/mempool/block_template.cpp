// SPDX-License-Identifier: Apache-2.0
#include "mempool/block_template.hpp"

#include <algorithm>
#include <bit>
#include <span>

#include "base/check.hpp"
#include "ledger/codec.hpp"
#include "rules/block_rules.hpp"

namespace bezant {

namespace {

/// Length of the longest count that a block can begin with, as a CompactSize of up to 2^32 - 1.
constexpr std::size_t count_bytes_max = 5;

Transaction unsigned_coinbase(const PublicKey& miner, const PublicKeyHash& paid, Height height,
                              Amount claim) {
    Transaction coinbase;
    coinbase.lock_height = height;
    coinbase.inputs = {Input{OutPoint{{}, coinbase_output_index}, miner, {}}};
    if (claim > Amount{}) coinbase.outputs = {Output{claim, paid}};
    return coinbase;
}

Amount claim_at(Height height, Amount fees, const Parameters& parameters) {
    const auto claim = checked_add(subsidy_at(height, parameters), fees);
    CHECK(claim.has_value(), "subsidy and fees of valid payments are below the maximum supply");
    return *claim;
}

/// Leaves out the last payments, which none of the others rests on, until the tree is full.
void make_tree_full(Mempool::Selection& selection, const TransactionTable& transactions) {
    const std::size_t kept = std::bit_floor(selection.payments.size() + 1) - 1;
    for (const TransactionIndex payment : std::span{selection.payments}.subspan(kept)) {
        const auto& fee = transactions[payment].fee;
        CHECK(fee, "a payment that waits was found valid");
        selection.fees.value -= fee->value;
    }
    selection.payments.resize(kept);
}

std::uint32_t header_time(Time now, const ParentContext& parent) {
    const std::int64_t clock = std::clamp<std::int64_t>(unix_seconds(now), 0, UINT32_MAX);
    return std::max(static_cast<std::uint32_t>(clock), parent.median_time_past + 1);
}

}  // namespace

Block make_block_template(const Archive& archive, const Mempool& pool, BlockIndex tip,
                          const Signer& miner, const PublicKeyHash& paid, Time now,
                          TreeShape shape) {
    const Parameters& parameters = archive.parameters();
    const ParentContext parent = archive.context_of(tip);
    const Height height = next(parent.height);
    const auto coinbase_with = [&](Amount fees) {
        return unsigned_coinbase(miner.public_key(), paid, height,
                                 claim_at(height, fees, parameters));
    };
    Transaction coinbase = coinbase_with(Amount{1});
    const std::size_t overhead = header_bytes + count_bytes_max + encoded_size(coinbase);
    auto selection = pool.select(parameters.block_bytes_max - overhead);
    if (shape == TreeShape::full) make_tree_full(selection, archive.transactions());
    coinbase = coinbase_with(selection.fees);

    Block block;
    block.transactions.push_back(std::move(coinbase));
    for (const TransactionIndex payment : selection.payments) {
        block.transactions.push_back(archive.transactions()[payment].transaction);
    }
    block.header.previous = archive.blocks()[tip].hash;
    block.header.time = header_time(now, parent);
    block.header.target = next_target(parent, parameters);
    block.transactions.front().inputs.front().signature =
        miner.sign(coinbase_signature_message(block.transactions.front(), block.header.previous,
                                              payments_merkle_root(block), parameters.genesis_hash)
                       .view());
    block.header.merkle_root = merkle_root(block);
    return block;
}

}  // namespace bezant
