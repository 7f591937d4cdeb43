// SPDX-License-Identifier: Apache-2.0
#include "rules/block_rules.hpp"

#include <utility>

#include "base/check.hpp"
#include "ledger/codec.hpp"
#include "rules/block_coins.hpp"
#include "rules/money.hpp"
#include "rules/payment_checker.hpp"
#include "rules/refusal.hpp"
#include "rules/transaction_format.hpp"

namespace bezant {

namespace {

Result<void, Rejection> check_size(const Block& block, const Parameters& parameters) {
    const std::size_t size = encoded_size(block);
    if (size > parameters.block_bytes_max) {
        return refuse(Reason::oversized_block, shown(size) + " bytes",
                      "at most " + shown(parameters.block_bytes_max));
    }
    return {};
}

std::vector<FullTransactionId> full_ids(const Block& block) {
    std::vector<FullTransactionId> ids;
    ids.reserve(block.transactions.size());
    for (const Transaction& transaction : block.transactions)
        ids.push_back(full_transaction_id(transaction));
    return ids;
}

Result<void, Rejection> check_merkle_root(const Block& block,
                                          std::span<const FullTransactionId> ids) {
    const MerkleRoot root = merkle_root(ids);
    if (block.header.merkle_root != root)
        return refuse(Reason::merkle_root_mismatch, shown(block.header.merkle_root), shown(root));
    return {};
}

Result<void, Rejection> check_coinbase_position(const Block& block) {
    if (block.transactions.empty())
        return refuse(Reason::missing_coinbase, "no transactions", "a coinbase");
    if (!block.transactions.front().is_coinbase())
        return refuse_in(0, Reason::missing_coinbase, "a payment", "a coinbase");
    for (std::size_t i = 1; i < block.transactions.size(); ++i) {
        if (block.transactions[i].is_coinbase())
            return refuse_in(i, Reason::extra_coinbase, "a coinbase", "a payment");
    }
    return {};
}

Result<void, Rejection> check_formats(const Block& block, const Parameters& parameters) {
    const Amount supply_max = maximum_supply(parameters);
    auto coinbase = check_coinbase_format(block.transactions.front(), parameters, supply_max);
    if (!coinbase) return in_transaction(0, std::move(coinbase).error());
    for (std::size_t i = 1; i < block.transactions.size(); ++i) {
        auto payment = check_payment_format(block.transactions[i], parameters, supply_max);
        if (!payment) return in_transaction(i, std::move(payment).error());
    }
    return {};
}

/// All rules of the contents but the size.
Result<void, Rejection> check_transactions(const Block& block, Height height,
                                           const Parameters& parameters,
                                           SignatureVerifier& signatures) {
    const std::vector<FullTransactionId> ids = full_ids(block);
    if (auto root = check_merkle_root(block, ids); !root) return root;
    if (auto position = check_coinbase_position(block); !position) return position;
    const MerkleRoot payments = merkle_root(std::span{ids}.subspan(1));
    auto coinbase = check_coinbase(block.transactions.front(), block.header.previous, height,
                                   payments, parameters, signatures);
    if (!coinbase) return coinbase;
    return check_formats(block, parameters);
}

}  // namespace

Result<void, Rejection> check_coinbase(const Transaction& coinbase, const BlockHash& previous,
                                       Height height, const MerkleRoot& payments,
                                       const Parameters& parameters,
                                       SignatureVerifier& signatures) {
    if (coinbase.lock_height != height) {
        return refuse_in(0, Reason::coinbase_wrong_height, shown(coinbase.lock_height),
                         shown(height));
    }
    const Input& input = coinbase.inputs.front();
    const Hash256 message =
        coinbase_signature_message(coinbase, previous, payments, parameters.genesis_hash);
    if (!signatures.is_valid(input.public_key, message, input.signature)) {
        return refuse_in(0, Reason::coinbase_bad_signature, "an invalid signature",
                         shown_signature(input.public_key, message));
    }
    return {};
}

Result<void, Rejection> settle_coinbase(const Transaction& coinbase, Amount subsidy,
                                        BlockEffect& effect) {
    const Amount claimed = sum_of_checked(coinbase.outputs, &Output::amount);
    const Amount allowed = sum_of_checked(subsidy, effect.fees);
    if (claimed > allowed) {
        return refuse_in(0, Reason::coinbase_overclaims, shown(claimed),
                         "at most " + shown(allowed));
    }
    effect.issued = checked_subtract(claimed, effect.fees).value_or(Amount{});
    effect.destroyed = checked_subtract(effect.fees, claimed).value_or(Amount{});
    return {};
}

Result<void, Rejection> check_block_contents(const Block& block, Height height,
                                             const Parameters& parameters,
                                             SignatureVerifier& signatures) {
    if (auto size = check_size(block, parameters); !size) return size;
    return check_transactions(block, height, parameters, signatures);
}

Result<BlockEffect, Rejection> check_block_on_coins(const Block& block, Height height,
                                                    const CoinView& coins,
                                                    const Parameters& parameters,
                                                    SignatureVerifier& signatures) {
    CHECK(!block.transactions.empty(), "a block's contents are checked before its coins");
    const Transaction& coinbase = block.transactions.front();
    BlockEffect effect;
    BlockCoins now{coins, block, height, effect};
    now.connect_coinbase(coinbase);

    PaymentChecker checker{height, now, parameters, signatures};
    for (std::size_t i = 1; i < block.transactions.size(); ++i) {
        auto fee = checker.check(block.transactions[i]);
        if (!fee) return in_transaction(i, std::move(fee).error());
        effect.fees = sum_of_checked(effect.fees, *fee);
        now.connect_payment(block.transactions[i], checker.spent());
    }

    auto settled = settle_coinbase(coinbase, subsidy_at(height, parameters), effect);
    if (!settled) return unexpected{std::move(settled).error()};
    return effect;
}

Result<BlockEffect, Rejection> check_block(const Block& block, const ParentContext& parent,
                                           const CoinView& coins, const Parameters& parameters,
                                           SignatureVerifier& signatures) {
    const Height height = next(parent.height);
    if (auto size = check_size(block, parameters); !size)
        return unexpected{std::move(size).error()};
    if (auto work = check_header_work(block.header, parameters); !work)
        return unexpected{std::move(work).error()};
    if (auto header = check_header_on_parent(block.header, parent, parameters); !header)
        return unexpected{std::move(header).error()};
    if (auto contents = check_transactions(block, height, parameters, signatures); !contents)
        return unexpected{std::move(contents).error()};
    return check_block_on_coins(block, height, coins, parameters, signatures);
}

}  // namespace bezant
