// SPDX-License-Identifier: Apache-2.0
#include "net/wallet/wallet_meaning.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant::net {

namespace {

void note_counterpart(WalletPayment& payment, const Output& other) {
    ++payment.counterpart_count;
    if (payment.counterparts.size() < counterparts_max) payment.counterparts.push_back(other);
}

Amount sum_of(std::span<const Output> outputs) {
    Amount sum;
    for (const Output& output : outputs) add(sum, output.amount);
    return sum;
}

/// Which payments spend coins of each.
std::multimap<TransactionId, TransactionId> children_among(const PendingPayments& pending) {
    std::multimap<TransactionId, TransactionId> children;
    for (const auto& [id, payment] : pending) {
        for (const Input& input : payment.transaction.inputs) {
            if (pending.contains(input.previous.transaction))
                children.emplace(input.previous.transaction, id);
        }
    }
    return children;
}

}  // namespace

void add(Amount& sum, Amount amount) {
    const auto result = checked_add(sum, amount);
    CHECK(result, "sums of a valid ledger are no more than all the money there is");
    sum = *result;
}

WalletPayment meaning_of(const Transaction& transaction, const TransactionId& id,
                         std::span<const Output> spent, const wallet::Keyring& keyring) {
    WalletPayment payment;
    payment.id = id;
    bool all_ours = !spent.empty();
    for (const Output& coin : spent) {
        if (is_ours(coin, keyring)) {
            add(payment.sent, coin.amount);
        } else {
            all_ours = false;
        }
    }
    for (const Output& output : transaction.outputs)
        if (is_ours(output, keyring)) add(payment.received, output.amount);
    payment.kind = transaction.is_coinbase() ? PaymentKind::coinbase
                   : all_ours                ? PaymentKind::ours
                                             : PaymentKind::others;
    if (all_ours) payment.fee = Amount{payment.sent.value - sum_of(transaction.outputs).value};
    const bool we_pay = payment.sent > Amount{};
    for (const Output& other : we_pay ? std::span{transaction.outputs} : spent)
        if (!is_ours(other, keyring)) note_counterpart(payment, other);
    return payment;
}

std::uint32_t wallet_seconds(Time now) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(unix_seconds(now), 0, UINT32_MAX));
}

std::set<TransactionId> with_descendants(const PendingPayments& pending,
                                         std::vector<TransactionId> first) {
    std::set<TransactionId> all;
    if (first.empty()) return all;
    const auto children = children_among(pending);
    while (!first.empty()) {
        const TransactionId id = first.back();
        first.pop_back();
        if (!all.insert(id).second) continue;
        const auto [begin, end] = children.equal_range(id);
        for (auto child = begin; child != end; ++child) first.push_back(child->second);
    }
    return all;
}

std::set<TransactionId> dead_among(const PendingPayments& pending) {
    std::vector<TransactionId> first;
    for (const auto& [id, payment] : pending)
        if (!payment.rivals.empty()) first.push_back(id);
    return with_descendants(pending, std::move(first));
}

}  // namespace bezant::net
