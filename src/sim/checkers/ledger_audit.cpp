// SPDX-License-Identifier: Apache-2.0
#include "sim/checkers/ledger_audit.hpp"

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/hex.hpp"

namespace bezant::sim {

namespace {

/// All coins are added up anew after so many blocks.
constexpr std::uint32_t blocks_between_recounts = 256;

std::string name_of(BlockIndex block, const Archive& archive) {
    const BlockNode& node = archive.blocks()[block];
    return fmt::format("block {} ({})", node.height.value,
                       to_hex_reversed(node.hash.view()).substr(0, 16));
}

std::string name_of(const OutPoint& outpoint) {
    return fmt::format("coin {}:{}", to_hex_reversed(outpoint.transaction.view()).substr(0, 16),
                       outpoint.index);
}

std::uint64_t sum_of(const std::vector<Output>& outputs) {
    std::uint64_t sum = 0;
    for (const Output& output : outputs) sum += output.amount.value;
    return sum;
}

}  // namespace

LedgerAudit::LedgerAudit(const Archive& archive, SignatureVerifier& signatures)
    : archive_(archive), signatures_(signatures) {
    Step step;
    for (const TransactionIndex transaction : archive_.body(genesis_index)) {
        create(transaction, step);
    }
}

CheckResult LedgerAudit::move_to(BlockIndex block) {
    const BlockTree& blocks = archive_.blocks();
    const BlockIndex fork = blocks.fork_point(at_, block);
    while (at_ != fork) undo(at_);
    const Height goal = blocks[block].height;
    for (Height height = next(blocks[fork].height); height <= goal; height = next(height)) {
        if (auto failure = apply(blocks.ancestor(block, height))) return failure;
    }
    return std::nullopt;
}

void LedgerAudit::settle(BlockIndex block) {
    const BlockTree& blocks = archive_.blocks();
    CHECK(blocks.is_ancestor(block, at_), "what is settled has been counted");
    boost::unordered::erase_if(steps_, [&](const auto& step) {
        return blocks[BlockIndex{step.first}].height <= blocks[block].height;
    });
}

CheckResult LedgerAudit::apply(BlockIndex block) {
    Step step;
    const auto body = archive_.body(block);
    for (std::size_t i = 1; i < body.size(); ++i) {
        if (auto failure = apply_payment(body[i], step)) {
            failure->detail = name_of(block, archive_) + ": " + failure->detail;
            return failure;
        }
    }
    if (auto failure = apply_coinbase(block, step)) return failure;
    fees_ += step.fees;
    at_ = block;
    steps_[block.value] = std::move(step);
    if (auto failure = check_sums(block)) return failure;
    return check_shown_coins(block);
}

void LedgerAudit::undo(BlockIndex block) {
    const Step& step = steps_.at(block.value);
    for (const auto& [outpoint, output] : step.spent) put(outpoint, output);
    for (const OutPoint& outpoint : step.created) {
        const auto coin = coins_.find(outpoint);
        CHECK(coin != coins_.end(), "a block is undone after all that was built on it");
        take(outpoint, Output{coin->second});
    }
    fees_ -= step.fees;
    at_ = archive_.blocks()[block].parent;
}

CheckResult LedgerAudit::apply_payment(TransactionIndex payment, Step& step) {
    const TransactionFact& fact = archive_.transactions()[payment];
    std::vector<Output> spent;
    for (const Input& input : fact.transaction.inputs) {
        const auto coin = coins_.find(input.previous);
        if (coin == coins_.end()) {
            return CheckFailure{"no_double_spend", "payment spends " + name_of(input.previous) +
                                                       ", which is spent or never was"};
        }
        const Output output = coin->second;
        take(input.previous, output);
        step.spent.emplace_back(input.previous, output);
        spent.push_back(output);
    }
    if (auto failure = check_signatures(payment, spent)) return failure;
    const std::uint64_t in = sum_of(spent);
    const std::uint64_t out = sum_of(fact.transaction.outputs);
    if (out > in) {
        return CheckFailure{"supply_conserved",
                            fmt::format("a payment makes {} units out of {}", out, in)};
    }
    step.fees += in - out;
    create(payment, step);
    return std::nullopt;
}

CheckResult LedgerAudit::check_signatures(TransactionIndex payment,
                                          const std::vector<Output>& spent) {
    // What is signed names the coins, and with them amounts and owners: once is enough.
    if (!signed_.insert(payment.value)) return std::nullopt;
    const Transaction& transaction = archive_.transactions()[payment].transaction;
    const Hash256 message =
        signature_message(transaction, spent, archive_.parameters().genesis_hash);
    for (std::size_t i = 0; i < spent.size(); ++i) {
        const Input& input = transaction.inputs[i];
        const bool owned = public_key_hash(input.public_key) == spent[i].owner;
        if (owned && signatures_.is_valid(input.public_key, message, input.signature)) continue;
        return CheckFailure{"signatures_explain_balances",
                            "the owner of " + name_of(input.previous) + " did not sign"};
    }
    return std::nullopt;
}

CheckResult LedgerAudit::apply_coinbase(BlockIndex block, Step& step) {
    const TransactionIndex coinbase = archive_.body(block).front();
    const std::uint64_t claimed = sum_of(archive_.transactions()[coinbase].transaction.outputs);
    const Amount subsidy = subsidy_at(archive_.blocks()[block].height, archive_.parameters());
    if (claimed > subsidy.value + step.fees) {
        return CheckFailure{
            "supply_conserved",
            fmt::format("{}: its miner takes {} units of {} and {} in fees",
                        name_of(block, archive_), claimed, subsidy.value, step.fees)};
    }
    create(coinbase, step);
    return std::nullopt;
}

CheckResult LedgerAudit::check_sums(BlockIndex block) const {
    const Height height = archive_.blocks()[block].height;
    const Amount told = archive_.sums(block).supply;
    const Amount most = scheduled_supply(height, archive_.parameters());
    const bool recounts = height.value % blocks_between_recounts == 0;
    if (supply() == told && supply() <= most && (!recounts || recount() == supply())) {
        return std::nullopt;
    }
    return CheckFailure{"supply_conserved",
                        fmt::format("{}: {} units counted, {} told, {} at most",
                                    name_of(block, archive_), supply_, told.value, most.value)};
}

CheckResult LedgerAudit::check_shown_coins(BlockIndex block) const {
    const CoinsAtTip shown = archive_.coins_at(block);
    for (const TransactionIndex transaction : archive_.body(block)) {
        const TransactionFact& fact = archive_.transactions()[transaction];
        for (const auto* touched : {&fact.spends, &fact.creates}) {
            for (const CoinIndex coin : *touched) {
                const OutPoint& outpoint = archive_.coins().outpoint(coin);
                const bool there = coins_.contains(outpoint);
                if ((shown.at(coin).state == CoinState::unspent) == there) continue;
                return CheckFailure{
                    "same_tip_same_ledger",
                    fmt::format("{}: {} is {} but shown as {}", name_of(block, archive_),
                                name_of(outpoint), there ? "there" : "not there",
                                there ? "spent" : "unspent")};
            }
        }
    }
    return std::nullopt;
}

void LedgerAudit::create(TransactionIndex transaction, Step& step) {
    const TransactionFact& fact = archive_.transactions()[transaction];
    for (std::uint32_t i = 0; i < fact.transaction.outputs.size(); ++i) {
        const OutPoint outpoint{.transaction = fact.id, .index = i};
        put(outpoint, fact.transaction.outputs[i]);
        step.created.push_back(outpoint);
    }
}

void LedgerAudit::put(const OutPoint& outpoint, const Output& output) {
    const bool is_new = coins_.emplace(outpoint, output).second;
    CHECK(is_new, "no two coins of one ledger have the same name");
    balances_[output.owner] += output.amount.value;
    supply_ += output.amount.value;
}

void LedgerAudit::take(const OutPoint& outpoint, const Output& output) {
    coins_.erase(outpoint);
    balances_[output.owner] -= output.amount.value;
    supply_ -= output.amount.value;
}

Amount LedgerAudit::recount() const {
    std::uint64_t sum = 0;
    for (const auto& [outpoint, output] : coins_) sum += output.amount.value;
    return Amount{sum};
}

Amount LedgerAudit::balance_of(const PublicKeyHash& owner) const {
    const auto found = balances_.find(owner);
    return found == balances_.end() ? Amount{} : Amount{found->second};
}

}  // namespace bezant::sim
