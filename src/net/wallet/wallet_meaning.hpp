// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "base/time.hpp"
#include "net/wallet/wallet_records.hpp"
#include "wallet/keyring.hpp"

namespace bezant::net {

[[nodiscard]] inline bool is_ours(const Output& output, const wallet::Keyring& keyring) {
    return keyring.path_of(output.owner).has_value();
}

/// What this transaction means to whoever has these keys; it touches them or not. `spent` are the
/// coins of its inputs in their order; none of a coinbase.
[[nodiscard]] WalletPayment meaning_of(const Transaction& transaction, const TransactionId& id,
                                       std::span<const Output> spent,
                                       const wallet::Keyring& keyring);

/// Adds amounts of one ledger, which has no more than 64 bits hold.
void add(Amount& sum, Amount amount);

/// As the books keep times.
[[nodiscard]] std::uint32_t wallet_seconds(Time now);

using PendingPayments = std::map<TransactionId, PendingPayment>;

/// These, and all that builds on them. Linear in the inputs of all.
[[nodiscard]] std::set<TransactionId> with_descendants(const PendingPayments& pending,
                                                       std::vector<TransactionId> first);

/// Those that cannot be confirmed as the chain is now: something stands in their way, or in the way
/// of one whose coins they spend. Linear in the inputs of all.
[[nodiscard]] std::set<TransactionId> dead_among(const PendingPayments& pending);

}  // namespace bezant::net
