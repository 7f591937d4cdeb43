// SPDX-License-Identifier: Apache-2.0
#include "tests/support/example_ledger.hpp"

#include <array>

#include "crypto/ed25519.hpp"

namespace bezant {

namespace {

constexpr Amount fee{10'000};

SigningKey key_of(Byte person) {
    std::array<Byte, 32> seed;
    seed.fill(person);
    return SigningKey::from_seed(SecretSeed{seed});
}

PublicKeyHash owner_of(const SigningKey& key) { return public_key_hash(key.public_key()); }

Transaction payment_of(const ExampleLedger& ledger, const SigningKey& from, const SigningKey& to) {
    const Amount paid = bezants(3);
    const Amount change{ledger.coin.amount.value - paid.value - fee.value};
    Transaction payment;
    Input& input = payment.inputs.emplace_back();
    input.previous = {transaction_id(ledger.parameters.genesis.transactions.front()), 0};
    input.public_key = from.public_key();
    payment.outputs = {{paid, owner_of(to)}, {change, owner_of(from)}};
    const Hash256 message =
        signature_message(payment, std::span{&ledger.coin, 1}, ledger.parameters.genesis_hash);
    input.signature = from.sign(message.view());
    return payment;
}

Transaction coinbase_of(const ExampleLedger& ledger, const SigningKey& miner) {
    const Parameters& parameters = ledger.parameters;
    const Height height{1};
    Transaction coinbase;
    Input& input = coinbase.inputs.emplace_back();
    input.previous.transaction.bytes.fill(0xee);
    input.previous.index = coinbase_output_index;
    input.public_key = miner.public_key();
    const Amount claimed{subsidy_at(height, parameters).value + fee.value};
    coinbase.outputs = {{claimed, owner_of(miner)}};
    coinbase.lock_height = height;
    const Hash256 message =
        coinbase_signature_message(coinbase, parameters.genesis_hash,
                                   payments_merkle_root(ledger.block), parameters.genesis_hash);
    input.signature = miner.sign(message.view());
    return coinbase;
}

void mine(BlockHeader& header) {
    const Uint256 target = target_from_compact(header.target).value();
    while (!meets_target(block_hash(header), target)) ++header.nonce;
}

}  // namespace

ExampleLedger example_ledger() {
    const SigningKey alice = key_of(1);
    const SigningKey bob = key_of(2);
    const SigningKey carol = key_of(3);
    ExampleLedger ledger;
    ledger.coin = {bezants(10), owner_of(alice)};
    ledger.parameters = built_in_parameters("local", std::span{&ledger.coin, 1}).value();
    ledger.payment = payment_of(ledger, alice, bob);

    Block& block = ledger.block;
    block.transactions = {Transaction{}, ledger.payment};
    block.transactions.front() = coinbase_of(ledger, carol);
    block.header.previous = ledger.parameters.genesis_hash;
    block.header.merkle_root = merkle_root(block);
    block.header.time = ledger.parameters.genesis.header.time + 10;
    block.header.target = ledger.parameters.target_limit;
    mine(block.header);
    return ledger;
}

}  // namespace bezant
