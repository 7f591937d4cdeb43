// SPDX-License-Identifier: Apache-2.0
#include "chain/chain_verification.hpp"

#include <vector>

#include "base/hex.hpp"
#include "rules/block_rules.hpp"

namespace bezant {

ChainVerification::ChainVerification(const Parameters& parameters, SignatureVerifier& signatures)
    : signatures_(signatures) {
    coins_.connect(genesis_effect(parameters.genesis));
    account_.parameters = parameters;
    account_.tip = parameters.genesis_hash;
    account_.transactions = parameters.genesis.transactions.size();
    times_.push_back(parameters.genesis.header.time);
    add_work(parameters.genesis.header);
}

Result<BlockEffect, LedgerFault> ChainVerification::add(const Block& block) {
    const Height height = next(account_.height);
    if (block.header.previous != account_.tip) {
        return unexpected(fault(block, height,
                                {Reason::unknown_parent,
                                 to_hex_reversed(block.header.previous.view()),
                                 to_hex_reversed(account_.tip.view()),
                                 {},
                                 {}}));
    }
    auto effect = check_block(block, parent_context(), coins_, account_.parameters, signatures_);
    if (!effect) return unexpected(fault(block, height, effect.error()));
    coins_.connect(*effect);
    account_.height = height;
    account_.tip = block_hash(block.header);
    account_.transactions += block.transactions.size();
    account_.fees.value += effect->fees.value;
    remember_time(block.header.time);
    add_work(block.header);
    return *std::move(effect);
}

Result<LedgerAccount, LedgerFault> ChainVerification::close() {
    account_.coins = coins_.unspent_count();
    account_.supply = coins_.unspent_sum();
    const Amount scheduled = scheduled_supply(account_.height, account_.parameters);
    if (account_.supply > scheduled) {
        return unexpected(LedgerFault{
            account_.height,
            account_.tip,
            {},
            "supply",
            "got " + to_text(account_.supply) + " BZT, expected at most " + to_text(scheduled)});
    }
    return account_;
}

LedgerFault ChainVerification::fault(const Block& block, Height height,
                                     const Rejection& rejection) {
    return {height, block_hash(block.header), rejection.transaction,
            std::string{to_text(rejection.reason)}, to_text(rejection)};
}

ParentContext ChainVerification::parent_context() const {
    const std::vector<std::uint32_t> times{times_.begin(), times_.end()};
    return {account_.height, times_.back(), median_time(times)};
}

void ChainVerification::remember_time(std::uint32_t time) {
    times_.push_back(time);
    if (times_.size() > median_time_blocks) times_.pop_front();
}

void ChainVerification::add_work(const BlockHeader& header) {
    if (const auto target = target_from_compact(header.target))
        account_.work = account_.work + work_of_target(*target);
}

}  // namespace bezant
