// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.hpp"
#include "chain/local_chain.hpp"
#include "crypto/ed25519.hpp"
#include "mempool/mempool.hpp"
#include "node/effects.hpp"
#include "node/event.hpp"

namespace bezant {

/// A participant's money as its own chain and pool have it.
struct Balance {
    Amount spendable;  ///< confirmed, mature, and not spent by a waiting payment
    Amount immature;   ///< of coinbases that must wait
    Amount incoming;   ///< outputs of waiting payments to this wallet, change included
    Amount confirmed;  ///< all unspent coins on the chain, mature or not
};

/// One key, and the coins that came to it. Knows coins by index; asks chain and pool what became of
/// them.
class Wallet {
public:
    explicit Wallet(SigningKey key);

    [[nodiscard]] const SigningKey& key() const;
    [[nodiscard]] const PublicKeyHash& owner() const;

    /// Remembers the outputs of this transaction that are ours; true if there are any.
    bool watch(const TransactionFact& transaction);

    [[nodiscard]] Balance balance(const LocalChain& chain, const Mempool& pool,
                                  const Archive& archive) const;

    /// A signed payment of the order, with change back to this wallet; spends mature confirmed
    /// coins first, then change of own waiting payments. Does not hand it in.
    [[nodiscard]] Result<Transaction, PayError> pay(const PayOrder& order, const LocalChain& chain,
                                                    const Mempool& pool,
                                                    const Archive& archive) const;
};

}  // namespace bezant
