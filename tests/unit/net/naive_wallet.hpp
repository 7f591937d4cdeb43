// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <vector>

#include "base/check.hpp"
#include "net/wallet/live_wallet.hpp"
#include "rules/coin_view.hpp"

namespace bezant::net {

using Owners = std::set<PublicKeyHash>;

inline Owners owners_of(const wallet::AccountKeys& keys) {
    Owners owners;
    for (const wallet::BranchKeys& branch : keys)
        for (const PublicKey& key : branch.keys) owners.insert(public_key_hash(key));
    return owners;
}

/// What a wallet should know, worked out from all blocks anew: every coin that ever was, one after
/// the other.
struct NaiveWallet {
    Owners owners;
    std::map<OutPoint, Coin> coins;    ///< unspent, ours
    std::vector<HistoryItem> history;  ///< oldest first
    std::map<OutPoint, TransactionId> spenders;
    std::set<TransactionId> transactions;
    std::map<OutPoint, Output> outputs;  ///< all that ever were, on the chain or not
    std::uint32_t height = 0;

    NaiveWallet(const std::vector<const Block*>& chain, Owners whose) : owners(std::move(whose)) {
        height = static_cast<std::uint32_t>(chain.size()) - 1;
        for (std::uint32_t at = 0; at <= height; ++at) {
            for (const Transaction& transaction : chain[at]->transactions)
                take(transaction, Height{at}, chain[at]->header.time);
        }
    }

    [[nodiscard]] bool is_ours(const Output& output) const { return owners.contains(output.owner); }

    /// What the coins were that a transaction spends.
    [[nodiscard]] std::vector<Output> spent_by(const Transaction& transaction) const {
        std::vector<Output> spent;
        if (transaction.is_coinbase()) return spent;
        for (const Input& input : transaction.inputs) spent.push_back(outputs.at(input.previous));
        return spent;
    }

    [[nodiscard]] WalletPayment meaning(const Transaction& transaction, std::uint32_t time) const {
        const std::vector<Output> spent = spent_by(transaction);
        WalletPayment payment;
        payment.id = transaction_id(transaction);
        payment.time = time;
        std::uint64_t all_spent = 0;
        std::uint64_t all_paid = 0;
        std::size_t our_inputs = 0;
        for (const Output& output : spent) {
            all_spent += output.amount.value;
            if (!is_ours(output)) continue;
            ++our_inputs;
            payment.sent.value += output.amount.value;
        }
        for (const Output& output : transaction.outputs) {
            all_paid += output.amount.value;
            if (is_ours(output)) payment.received.value += output.amount.value;
        }
        if (transaction.is_coinbase()) payment.kind = PaymentKind::coinbase;
        if (our_inputs > 0 && our_inputs == spent.size()) {
            payment.kind = PaymentKind::ours;
            payment.fee = Amount{all_spent - all_paid};
        }
        for (const Output& other : our_inputs > 0 ? transaction.outputs : spent)
            if (!is_ours(other)) payment.counterparts.push_back(other);
        payment.counterpart_count = static_cast<std::uint32_t>(payment.counterparts.size());
        return payment;
    }

    [[nodiscard]] bool touches(const Transaction& transaction) const {
        for (const Output& output : spent_by(transaction))
            if (is_ours(output)) return true;
        for (const Output& output : transaction.outputs)
            if (is_ours(output)) return true;
        return false;
    }

    void take(const Transaction& transaction, Height at, std::uint32_t time) {
        const TransactionId id = transaction_id(transaction);
        transactions.insert(id);
        for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i)
            outputs[{id, i}] = transaction.outputs[i];
        if (touches(transaction)) {
            history.push_back({.payment = meaning(transaction, time),
                               .status = PaymentStatus::confirmed,
                               .confirmations = height - at.value + 1,
                               .height = at});
        }
        if (!transaction.is_coinbase()) {
            for (const Input& input : transaction.inputs) {
                spenders[input.previous] = id;
                coins.erase(input.previous);
            }
        }
        for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
            if (is_ours(transaction.outputs[i]))
                coins[{id, i}] = {transaction.outputs[i], at,
                                  transaction.is_coinbase() && at > Height{}};
        }
    }
};

}  // namespace bezant::net
