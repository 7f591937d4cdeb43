// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <ranges>
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
    struct OwnCoin {
        CoinIndex coin;
        Amount amount;
        bool is_change = false;  ///< of a payment of our own
    };

public:
    explicit Wallet(std::unique_ptr<const Signer> key);

    [[nodiscard]] const Signer& key() const { return *key_; }
    [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
    [[nodiscard]] const PublicKeyHash& owner() const { return owner_; }

    /// Remembers the outputs of this transaction that are ours; true if there are any. Idempotent.
    bool watch(const TransactionFact& transaction);

    /// Whether this wallet's key pays for the transaction.
    [[nodiscard]] bool made(const Transaction& transaction) const;

    /// O(log n) a coin that ever came to this wallet.
    [[nodiscard]] Balance balance(const LocalChain& chain, const Mempool& pool,
                                  const Archive& archive) const;

    /// A signed payment of the order, with change back to this wallet; spends mature confirmed
    /// coins first, then change of own waiting payments. Does not hand it in. The largest coins are
    /// taken first: the fewest inputs, and so the smallest transaction.
    [[nodiscard]] Result<Transaction, PayError> pay(const PayOrder& order, const LocalChain& chain,
                                                    const Mempool& pool,
                                                    const Archive& archive) const;

    /// The coins that ever came to this wallet and are remembered.
    [[nodiscard]] auto coins() const { return coins_ | std::views::transform(&OwnCoin::coin); }

    [[nodiscard]] std::size_t memory_bytes() const;

private:
    std::unique_ptr<const Signer> key_;
    PublicKey public_key_;
    PublicKeyHash owner_;
    std::vector<OwnCoin> coins_;  ///< ordered by index
};

}  // namespace bezant
