// SPDX-License-Identifier: Apache-2.0
#include "node/wallet.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "node/coin_selection.hpp"

namespace bezant {

namespace {

/// What a coin of ours is worth now.
enum class CoinUse : std::uint8_t {
    none,       ///< spent, spoken for, or of a payment that is gone
    spendable,  ///< confirmed and mature
    immature,
    waiting,   ///< of a payment that waits in the pool
    reserved,  ///< confirmed, and spent by a payment that waits in the pool
};

class CoinUses {
public:
    CoinUses(const LocalChain& chain, const Mempool& pool, const Archive& archive)
        : chain_(chain), pool_(pool), maturity_(archive.parameters().coinbase_maturity) {}

    [[nodiscard]] CoinUse of(CoinIndex coin) const {
        const CoinLookup confirmed = chain_.coin(coin);
        const bool spoken_for = pool_.spender(coin).has_value();
        if (confirmed.state == CoinState::unspent) {
            if (!is_mature(confirmed.coin)) return CoinUse::immature;
            return spoken_for ? CoinUse::reserved : CoinUse::spendable;
        }
        if (confirmed.state == CoinState::spent || spoken_for) return CoinUse::none;
        const bool waits = pool_.coin(coin, chain_.tip()).state == CoinState::unspent;
        return waits ? CoinUse::waiting : CoinUse::none;
    }

private:
    /// In the next block, by the rule immature_coinbase.
    [[nodiscard]] bool is_mature(const Coin& coin) const {
        return !coin.coinbase || std::uint64_t{chain_.height().value} + 1 >=
                                     std::uint64_t{coin.height.value} + maturity_;
    }

    const LocalChain& chain_;
    const Mempool& pool_;
    std::uint32_t maturity_;
};

// All coins together are no more than the supply, which 64 bits hold.
void add(Amount& sum, Amount amount) {
    const auto result = checked_add(sum, amount);
    CHECK(result, "a wallet holds no more than all the money there is");
    sum = *result;
}

void sign(Transaction& payment, std::span<const Output> spent, const Signer& key,
          const BlockHash& genesis) {
    const Hash256 message = signature_message(payment, spent, genesis);
    const Signature signature = key.sign(message.view());
    for (Input& input : payment.inputs) input.signature = signature;
}

}  // namespace

Wallet::Wallet(std::unique_ptr<const Signer> key)
    : key_(std::move(key)), public_key_(key_->public_key()), owner_(public_key_hash(public_key_)) {}

bool Wallet::watch(const TransactionFact& transaction) {
    bool any = false;
    const auto& outputs = transaction.transaction.outputs;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (outputs[i].owner != owner_) continue;
        any = true;
        const CoinIndex coin = transaction.creates[i];
        const auto place = std::ranges::lower_bound(coins_, coin, {}, &OwnCoin::coin);
        if (place != coins_.end() && place->coin == coin) continue;
        coins_.insert(place, {.coin = coin,
                              .amount = outputs[i].amount,
                              .is_change = made(transaction.transaction)});
    }
    return any;
}

bool Wallet::made(const Transaction& transaction) const {
    return !transaction.is_coinbase() && !transaction.inputs.empty() &&
           transaction.inputs.front().public_key == public_key_;
}

Balance Wallet::balance(const LocalChain& chain, const Mempool& pool,
                        const Archive& archive) const {
    Balance balance;
    const CoinUses uses{chain, pool, archive};
    for (const OwnCoin& own : coins_) {
        const CoinUse use = uses.of(own.coin);
        if (use == CoinUse::none) continue;
        if (use == CoinUse::spendable) add(balance.spendable, own.amount);
        if (use == CoinUse::immature) add(balance.immature, own.amount);
        add(use == CoinUse::waiting ? balance.incoming : balance.confirmed, own.amount);
    }
    return balance;
}

Result<Transaction, PayError> Wallet::pay(const PayOrder& order, const LocalChain& chain,
                                          const Mempool& pool, const Archive& archive) const {
    if (order.amount == Amount{}) return unexpected{PayError::amount_zero};
    const auto needed = checked_add(order.amount, order.fee);
    if (!needed) return unexpected{PayError::amount_overflow};

    std::vector<SpendableCoin> confirmed;
    std::vector<SpendableCoin> change;
    const CoinUses uses{chain, pool, archive};
    for (const OwnCoin& own : coins_) {
        const CoinUse use = uses.of(own.coin);
        const SpendableCoin coin{archive.coins().outpoint(own.coin), own.amount};
        if (use == CoinUse::spendable) confirmed.push_back(coin);
        if (use == CoinUse::waiting && own.is_change) change.push_back(coin);
    }
    const auto chosen = select_coins(std::move(confirmed), std::move(change), *needed);
    if (!chosen) return unexpected{PayError::insufficient_funds};

    Transaction payment;
    std::vector<Output> spent;
    for (const SpendableCoin& coin : chosen->coins) {
        payment.inputs.push_back(
            {.previous = coin.outpoint, .public_key = public_key_, .signature = {}});
        spent.push_back({.amount = coin.amount, .owner = owner_});
    }
    payment.outputs.push_back({.amount = order.amount, .owner = order.to});
    const auto rest = checked_subtract(chosen->sum, *needed);
    CHECK(rest, "the coins chosen are worth what is needed");
    if (*rest != Amount{}) payment.outputs.push_back({.amount = *rest, .owner = owner_});
    sign(payment, spent, *key_, archive.parameters().genesis_hash);
    return payment;
}

std::size_t Wallet::memory_bytes() const { return coins_.capacity() * sizeof(OwnCoin); }

}  // namespace bezant
