// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "ledger/block.hpp"
#include "ledger/parameters.hpp"
#include "tests/support/keys.hpp"

namespace bezant::test {

/// A coin and the person who can spend it.
struct Spend {
    OutPoint outpoint;
    Output coin;
    const Person* owner;
};

/// The coin that a transaction's output creates.
inline Spend coin_of(const Transaction& transaction, std::uint32_t index, const Person& owner) {
    return {{transaction_id(transaction), index}, transaction.outputs.at(index), &owner};
}

/// Signs all inputs of a payment, each with the key of the coin's owner.
inline void sign(Transaction& payment, std::span<const Spend> spends,
                 const BlockHash& genesis_hash) {
    std::vector<Output> coins;
    for (const Spend& spend : spends) coins.push_back(spend.coin);
    const Hash256 message = signature_message(payment, coins, genesis_hash);
    for (std::size_t i = 0; i < spends.size(); ++i)
        payment.inputs[i].signature = spends[i].owner->key.sign(message.view());
}

/// A signed payment.
inline Transaction make_payment(std::span<const Spend> spends, std::vector<Output> outputs,
                                const Parameters& parameters, Height lock_height = {}) {
    Transaction payment;
    for (const Spend& spend : spends)
        payment.inputs.push_back({spend.outpoint, spend.owner->public_key, {}});
    payment.outputs = std::move(outputs);
    payment.lock_height = lock_height;
    sign(payment, spends, parameters.genesis_hash);
    return payment;
}

/// A coinbase without its signature, which needs the whole block.
inline Transaction make_coinbase(Height height, const Person& miner, std::vector<Output> outputs) {
    Transaction coinbase;
    coinbase.inputs.push_back({{{}, coinbase_output_index}, miner.public_key, {}});
    coinbase.outputs = std::move(outputs);
    coinbase.lock_height = height;
    return coinbase;
}

/// Signs the block's coinbase as this miner; its parent and payments must be in place.
inline void sign_coinbase(Block& block, const Person& miner, const Parameters& parameters) {
    Transaction& coinbase = block.transactions.front();
    const Hash256 message = coinbase_signature_message(
        coinbase, block.header.previous, payments_merkle_root(block), parameters.genesis_hash);
    coinbase.inputs.front().signature = miner.key.sign(message.view());
}

/// Puts the root of the block's transactions into its header.
inline void commit(Block& block) { block.header.merkle_root = merkle_root(block); }

/// Searches the nonce; the header's target must be an easy one.
inline void mine(BlockHeader& header) {
    const auto target = target_from_compact(header.target);
    CHECK(target, "a block is mined on a well-formed target");
    for (header.nonce = 0; !meets_target(block_hash(header), *target); ++header.nonce)
        CHECK(header.nonce < 10'000'000, "tests mine on easy targets");
}

/// Signs, commits and mines: all that a miner does once a block's contents are chosen.
inline void seal(Block& block, const Person& miner, const Parameters& parameters) {
    sign_coinbase(block, miner, parameters);
    commit(block);
    mine(block.header);
}

/// Where a block goes.
struct BlockPlace {
    BlockHash previous;
    Height height;  ///< of the block itself
    std::uint32_t time = 0;
    CompactTarget target;
};

/// A sealed block whose coinbase pays the miner the subsidy and these fees.
inline Block make_block(const BlockPlace& place, const Person& miner,
                        std::vector<Transaction> payments, Amount fees,
                        const Parameters& parameters) {
    Block block;
    block.header.previous = place.previous;
    block.header.time = place.time;
    block.header.target = place.target;
    const Amount claim{subsidy_at(place.height, parameters).value + fees.value};
    std::vector<Output> outputs;
    if (claim.value > 0) outputs.push_back({claim, miner.owner});
    block.transactions.push_back(make_coinbase(place.height, miner, std::move(outputs)));
    for (Transaction& payment : payments) block.transactions.push_back(std::move(payment));
    seal(block, miner, parameters);
    return block;
}

}  // namespace bezant::test
