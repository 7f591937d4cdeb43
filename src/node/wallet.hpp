// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <utility>
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

/// One key, and the coins that came to it and that the best chain has not spent. Knows coins by
/// index; asks chain and pool what became of them. It must be told of whatever happens to its coins
/// after it has happened to chain and pool.
class Wallet {
    /// What it is ordered by comes first, so that looking for one reads a cache line a step.
    struct OwnCoin {
        Amount amount;
        CoinIndex coin;
        Height coinbase_height{};  ///< of the block that it is the reward of; 0 if it need not wait
        bool is_change = false;    ///< of a payment of our own
        OutPoint outpoint;
    };
    /// The largest first, of equals the one with the lower outpoint.
    struct ComesFirst {
        bool operator()(const OwnCoin& left, const OwnCoin& right) const {
            return left.amount != right.amount ? left.amount > right.amount
                                               : left.outpoint < right.outpoint;
        }
    };
    using Coins = std::set<OwnCoin, ComesFirst>;

    enum class Standing : std::uint8_t {
        confirmed,   ///< on the chain, and free
        waiting,     ///< of a payment in the pool, and free
        spoken_for,  ///< a payment in the pool spends it
    };
    static constexpr std::size_t standing_count = 3;

public:
    explicit Wallet(std::unique_ptr<const Signer> key);

    [[nodiscard]] const Signer& key() const { return *key_; }
    [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
    [[nodiscard]] const PublicKeyHash& owner() const { return owner_; }

    /// Remembers the outputs of this transaction that are ours. Idempotent.
    void watch(const TransactionFact& transaction, const Mempool& pool);
    /// The pool has the payment now: its outputs are watched, the coins that it spends spoken for.
    void wait_for(const TransactionFact& payment, const CoinTable& coins, const Mempool& pool);
    /// The payment is gone, from the pool and from the chain: so are its outputs, and the coins
    /// that it spends are free.
    void give_up(const TransactionFact& payment, const CoinTable& coins, const Mempool& pool);
    /// The best chain has the transaction now: its outputs are watched, and coins that it spends
    /// are forgotten.
    void confirm(const TransactionFact& transaction, const CoinTable& coins, const Mempool& pool);
    /// The best chain has it no longer: the coins that it spends are back, its outputs are gone.
    void unconfirm(const TransactionFact& transaction, const LocalChain& chain,
                   const CoinTable& coins, const Mempool& pool);

    /// Forgets what is no unspent coin of the chain, after the blocks of an earlier life were
    /// watched.
    void keep_unspent(const LocalChain& chain);

    /// Whether this wallet's key pays for the transaction.
    [[nodiscard]] bool made(const Transaction& transaction) const;

    /// Looks at every coin of this wallet.
    [[nodiscard]] Balance balance(const LocalChain& chain, const Mempool& pool,
                                  const Archive& archive) const;

    /// What a payment can spend of confirmed coins: all of it, or no less than `enough`. Looks at
    /// the largest coins only, and goes by what it was told of them.
    [[nodiscard]] Amount spendable(Amount enough, const LocalChain& chain,
                                   const Archive& archive) const;

    /// A signed payment of the order, with change back to this wallet; spends mature confirmed
    /// coins first, then change of own waiting payments. Does not hand it in. The largest coins are
    /// taken first: the fewest inputs, and so the smallest transaction. Of equal amounts the one
    /// with the lower outpoint: the choice follows from what the coins are, not from the order in
    /// which an archive met them.
    [[nodiscard]] Result<Transaction, PayError> pay(const PayOrder& order, const LocalChain& chain,
                                                    const Mempool& pool,
                                                    const Archive& archive) const;

    /// It may be asked for this payment soon: if its key can, it begins to sign what it would be
    /// now.
    void expect_order(const PayOrder& order, const LocalChain& chain, const Mempool& pool,
                      const Archive& archive) const;

    /// Marks the coins that are remembered.
    void hold_facts(HeldFacts& held) const;

    [[nodiscard]] std::size_t memory_bytes() const;

private:
    struct Choice {
        boost::container::small_vector<const OwnCoin*, 8> coins;
        Amount sum;
    };
    /// A payment that lacks nothing but the signature of the message.
    struct Draft {
        Transaction payment;
        Hash256 message;
    };

    [[nodiscard]] static Standing standing_of(const OwnCoin& own, const Mempool& pool);
    [[nodiscard]] Coins& coins(Standing standing) { return coins_[std::to_underlying(standing)]; }
    [[nodiscard]] const Coins& coins(Standing standing) const {
        return coins_[std::to_underlying(standing)];
    }
    void put_back(Coins::node_type known, const Mempool& pool);
    Coins::node_type take_out(const OwnCoin& own);
    void put(const OwnCoin& own, const Mempool& pool);
    void put_if_known(const OwnCoin& own, const Mempool& pool);
    void forget_outputs(const TransactionFact& transaction);
    template <class Function>
    void for_each_output(const TransactionFact& transaction, const Function& function) const;
    template <class Function>
    void for_each_spent(const TransactionFact& transaction, const CoinTable& coins,
                        const Function& function) const;
    [[nodiscard]] Choice choose_confirmed(Amount needed, const LocalChain& chain,
                                          const Archive& archive) const;
    template <class Condition>
    static void take_largest(const Coins& coins, Amount needed, Choice& choice,
                             const Condition& may_be_taken);
    [[nodiscard]] std::optional<Choice> choose(Amount needed, const LocalChain& chain,
                                               const Mempool& pool, const Archive& archive) const;
    [[nodiscard]] Result<Draft, PayError> draft(const PayOrder& order, const LocalChain& chain,
                                                const Mempool& pool, const Archive& archive) const;
    [[nodiscard]] Draft draft_of(const PayOrder& order, const Choice& choice, Amount change,
                                 const BlockHash& genesis) const;

    std::unique_ptr<const Signer> key_;
    PublicKey public_key_;
    PublicKeyHash owner_;
    Parties ours_;
    std::array<Coins, standing_count> coins_;
    boost::unordered_flat_map<CoinIndex, Standing, IndexHasher> standings_;  ///< of all of them
};

}  // namespace bezant
