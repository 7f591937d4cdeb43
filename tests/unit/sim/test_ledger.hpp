// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "chain/archive.hpp"
#include "sim/keys.hpp"
#include "sim/network_parameters.hpp"

namespace bezant::sim::test {

/// An archive of a network with sampled work, and a pen to write blocks with: good ones and bad
/// ones. Three participants have 10 BZT each.
class TestLedger {
public:
    static constexpr std::uint32_t participants = 3;

    TestLedger() : archive(parameters(), verifier) {}

    [[nodiscard]] PublicKeyHash owner(ParticipantId who) const {
        return public_key_hash(keys.of_participant(who).public_key());
    }

    /// What the genesis block gave to a participant.
    [[nodiscard]] OutPoint allocation(ParticipantId who) const {
        const TransactionIndex coinbase = archive.body(genesis_index).front();
        return {.transaction = archive.transactions()[coinbase].id, .index = who};
    }

    /// One coin of a participant's spent for these outputs; another may sign instead.
    [[nodiscard]] Transaction payment(ParticipantId payer, const OutPoint& coin,
                                      const Output& spent, std::vector<Output> outputs,
                                      std::optional<ParticipantId> signer = {}) const {
        Transaction payment;
        Input& input = payment.inputs.emplace_back();
        input.previous = coin;
        input.public_key = keys.of_participant(payer).public_key();
        payment.outputs = std::move(outputs);
        const Hash256 message =
            signature_message(payment, std::span{&spent, 1}, archive.parameters().genesis_hash);
        input.signature = keys.of_participant(signer.value_or(payer)).sign(message.view());
        return payment;
    }

    /// The allocation of a participant, spent for as much and given to another.
    [[nodiscard]] Transaction payment(ParticipantId payer, ParticipantId payee,
                                      Amount amount = bezants(10)) const {
        return payment(payer, allocation(payer), {.amount = bezants(10), .owner = owner(payer)},
                       {{.amount = amount, .owner = owner(payee)}});
    }

    /// A block of these payments, mined by participant 0, who claims so much. Not judged.
    BlockIndex add_block(BlockIndex parent, std::vector<Transaction> payments,
                         Amount claim = bezants(10)) {
        const BlockNode& below = archive.blocks()[parent];
        Block block;
        block.header.previous = below.hash;
        block.header.target = archive.parameters().target_limit;
        block.header.time = below.header.time + 1 + next_time_++;
        Transaction& coinbase = block.transactions.emplace_back();
        coinbase.lock_height = next(below.height);
        Input& input = coinbase.inputs.emplace_back();
        input.previous.index = coinbase_output_index;
        input.public_key = keys.of_participant(0).public_key();
        coinbase.outputs.push_back({.amount = claim, .owner = owner(0)});
        for (Transaction& payment : payments) block.transactions.push_back(std::move(payment));
        sign_coinbase(block);
        block.header.merkle_root = merkle_root(block);
        return archive.add_block(block).value();
    }

    /// The same, and it must be a good one.
    BlockIndex add_good_block(BlockIndex parent, std::vector<Transaction> payments = {}) {
        const BlockIndex block = add_block(parent, std::move(payments));
        const Rejection* fault = archive.block_fault(block);
        EXPECT_EQ(fault, nullptr) << (fault == nullptr ? "" : to_text(*fault));
        return block;
    }

    const Keys keys{1};
    DirectVerifier verifier;
    Archive archive;

private:
    [[nodiscard]] Parameters parameters() const {
        NetworkSettings settings;
        settings.proof_of_work = ProofOfWork::sampled;
        std::vector<PublicKeyHash> owners;
        for (ParticipantId who = 0; who < participants; ++who) owners.push_back(owner(who));
        return network_parameters(settings, owners);
    }

    void sign_coinbase(Block& block) const {
        Transaction& coinbase = block.transactions.front();
        const Hash256 message =
            coinbase_signature_message(coinbase, block.header.previous, payments_merkle_root(block),
                                       archive.parameters().genesis_hash);
        coinbase.inputs.front().signature = keys.of_participant(0).sign(message.view());
    }

    std::uint32_t next_time_ = 0;
};

}  // namespace bezant::sim::test
