// SPDX-License-Identifier: Apache-2.0
#include "node/wallet.hpp"

#include <algorithm>

#include "base/check.hpp"

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

    /// Whether `of` is CoinUse::spendable, of a coin that no payment in the pool spends.
    [[nodiscard]] bool is_spendable(CoinIndex coin) const {
        const CoinLookup confirmed = chain_.coin(coin);
        return confirmed.state == CoinState::unspent && is_mature(confirmed.coin);
    }

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

}  // namespace

Wallet::Wallet(std::unique_ptr<const Signer> key)
    : key_(std::move(key)), public_key_(key_->public_key()), owner_(public_key_hash(public_key_)) {
    ours_.add(public_key_);
    ours_.add(owner_);
}

Wallet::Standing Wallet::standing_of(const OwnCoin& own, const Mempool& pool) {
    if (pool.spender(own.coin)) return Standing::spoken_for;
    return pool.creates(own.coin) ? Standing::waiting : Standing::confirmed;
}

/// Empty if it was not remembered.
Wallet::Coins::node_type Wallet::take_out(const OwnCoin& own) {
    const auto known = standings_.find(own.coin);
    if (known == standings_.end()) return {};
    auto found = coins(known->second).extract(own);
    CHECK(found, "a coin stands where it is said to");
    standings_.erase(known);
    return found;
}

void Wallet::put_back(Coins::node_type known, const Mempool& pool) {
    const Standing standing = standing_of(known.value(), pool);
    standings_.emplace(known.value().coin, standing);
    coins(standing).insert(std::move(known));
}

/// Remembers the coin where it belongs now.
void Wallet::put(const OwnCoin& own, const Mempool& pool) {
    if (auto known = take_out(own)) return put_back(std::move(known), pool);
    const Standing standing = standing_of(own, pool);
    standings_.emplace(own.coin, standing);
    coins(standing).insert(own);
}

void Wallet::put_if_known(const OwnCoin& own, const Mempool& pool) {
    if (auto known = take_out(own)) put_back(std::move(known), pool);
}

/// Calls it with each output of the transaction that is ours.
template <class Function>
void Wallet::for_each_output(const TransactionFact& transaction, const Function& function) const {
    if (!transaction.parties.may_share_with(ours_)) return;
    const auto& outputs = transaction.transaction.outputs;
    for (std::uint32_t i = 0; i < outputs.size(); ++i) {
        if (outputs[i].owner != owner_) continue;
        function(OwnCoin{.outpoint = {.transaction = transaction.id, .index = i},
                         .coin = transaction.creates[i],
                         .amount = outputs[i].amount,
                         .is_change = made(transaction.transaction)});
    }
}

void Wallet::watch(const TransactionFact& transaction, const Mempool& pool) {
    for_each_output(transaction, [&](const OwnCoin& own) { put(own, pool); });
}

void Wallet::forget_outputs(const TransactionFact& transaction) {
    for_each_output(transaction, [this](const OwnCoin& own) { take_out(own); });
}

/// Calls it with each of our coins that the transaction, found valid, spends. What they are to us
/// beyond that is not known any longer.
template <class Function>
void Wallet::for_each_spent(const TransactionFact& transaction, const CoinTable& coins,
                            const Function& function) const {
    if (!transaction.parties.may_share_with(ours_)) return;
    for (std::size_t i = 0; i < transaction.spends.size(); ++i) {
        const Input& input = transaction.transaction.inputs[i];
        if (input.public_key != public_key_) continue;
        const CoinIndex coin = transaction.spends[i];
        function(OwnCoin{
            .outpoint = input.previous, .coin = coin, .amount = coins.output(coin)->amount});
    }
}

void Wallet::wait_for(const TransactionFact& payment, const CoinTable& coins, const Mempool& pool) {
    watch(payment, pool);
    for_each_spent(payment, coins, [&](const OwnCoin& own) { put_if_known(own, pool); });
}

void Wallet::give_up(const TransactionFact& payment, const CoinTable& coins, const Mempool& pool) {
    forget_outputs(payment);
    for_each_spent(payment, coins, [&](const OwnCoin& own) { put_if_known(own, pool); });
}

void Wallet::confirm(const TransactionFact& transaction, const CoinTable& coins,
                     const Mempool& pool) {
    watch(transaction, pool);
    for_each_spent(transaction, coins, [this](const OwnCoin& own) { take_out(own); });
}

void Wallet::unconfirm(const TransactionFact& transaction, const CoinTable& coins,
                       const Mempool& pool) {
    for_each_spent(transaction, coins, [&](const OwnCoin& own) { put(own, pool); });
    forget_outputs(transaction);
}

void Wallet::keep_unspent(const LocalChain& chain) {
    for (Coins& coins : coins_) {
        std::erase_if(coins, [&](const OwnCoin& own) {
            const bool gone = chain.coin(own.coin).state != CoinState::unspent;
            if (gone) standings_.erase(own.coin);
            return gone;
        });
    }
}

void Wallet::hold_facts(HeldFacts& held) const {
    for (const auto& [coin, standing] : standings_) held.hold(coin);
}

bool Wallet::made(const Transaction& transaction) const {
    return !transaction.is_coinbase() && !transaction.inputs.empty() &&
           transaction.inputs.front().public_key == public_key_;
}

Balance Wallet::balance(const LocalChain& chain, const Mempool& pool,
                        const Archive& archive) const {
    Balance balance;
    const CoinUses uses{chain, pool, archive};
    for (const Coins& coins : coins_) {
        for (const OwnCoin& own : coins) {
            const CoinUse use = uses.of(own.coin);
            if (use == CoinUse::none) continue;
            if (use == CoinUse::spendable) add(balance.spendable, own.amount);
            if (use == CoinUse::immature) add(balance.immature, own.amount);
            add(use == CoinUse::waiting ? balance.incoming : balance.confirmed, own.amount);
        }
    }
    return balance;
}

/// Takes coins until they are enough.
template <class Condition>
void Wallet::take_largest(const Coins& coins, Amount needed, Choice& choice,
                          const Condition& may_be_taken) {
    for (const OwnCoin& own : coins) {
        if (choice.sum >= needed) return;
        if (!may_be_taken(own)) continue;
        choice.coins.push_back(&own);
        add(choice.sum, own.amount);
    }
}

Amount Wallet::spendable(Amount enough, const LocalChain& chain, const Mempool& pool,
                         const Archive& archive) const {
    const CoinUses uses{chain, pool, archive};
    Choice choice;
    take_largest(coins(Standing::confirmed), enough, choice,
                 [&](const OwnCoin& own) { return uses.is_spendable(own.coin); });
    return choice.sum;
}

/// Nothing if all together are not enough.
std::optional<Wallet::Choice> Wallet::choose(Amount needed, const LocalChain& chain,
                                             const Mempool& pool, const Archive& archive) const {
    const CoinUses uses{chain, pool, archive};
    Choice choice;
    take_largest(coins(Standing::confirmed), needed, choice,
                 [&](const OwnCoin& own) { return uses.is_spendable(own.coin); });
    take_largest(coins(Standing::waiting), needed, choice, [&](const OwnCoin& own) {
        return own.is_change && uses.of(own.coin) == CoinUse::waiting;
    });
    if (choice.sum < needed) return std::nullopt;
    return choice;
}

Result<Transaction, PayError> Wallet::pay(const PayOrder& order, const LocalChain& chain,
                                          const Mempool& pool, const Archive& archive) const {
    auto drafted = draft(order, chain, pool, archive);
    if (!drafted) return unexpected{drafted.error()};
    const Signature signature = key_->sign(drafted->message.view());
    for (Input& input : drafted->payment.inputs) input.signature = signature;
    return std::move(drafted->payment);
}

void Wallet::expect_order(const PayOrder& order, const LocalChain& chain, const Mempool& pool,
                          const Archive& archive) const {
    if (const auto drafted = draft(order, chain, pool, archive))
        key_->expect(drafted->message.view());
}

Result<Wallet::Draft, PayError> Wallet::draft(const PayOrder& order, const LocalChain& chain,
                                              const Mempool& pool, const Archive& archive) const {
    if (order.amount == Amount{}) return unexpected{PayError::amount_zero};
    const auto needed = checked_add(order.amount, order.fee);
    if (!needed) return unexpected{PayError::amount_overflow};
    const auto choice = choose(*needed, chain, pool, archive);
    if (!choice) return unexpected{PayError::insufficient_funds};
    const auto change = checked_subtract(choice->sum, *needed);
    CHECK(change, "the coins chosen are worth what is needed");
    return draft_of(order, *choice, *change, archive.parameters().genesis_hash);
}

Wallet::Draft Wallet::draft_of(const PayOrder& order, const Choice& choice, Amount change,
                               const BlockHash& genesis) const {
    Transaction payment;
    std::vector<Output> spent;
    for (const OwnCoin* own : choice.coins) {
        payment.inputs.push_back(
            {.previous = own->outpoint, .public_key = public_key_, .signature = {}});
        spent.push_back({.amount = own->amount, .owner = owner_});
    }
    payment.outputs.push_back({.amount = order.amount, .owner = order.to});
    if (change != Amount{}) payment.outputs.push_back({.amount = change, .owner = owner_});
    const Hash256 message = signature_message(payment, spent, genesis);
    return {.payment = std::move(payment), .message = message};
}

std::size_t Wallet::memory_bytes() const {
    constexpr std::size_t tree_node_bytes = sizeof(OwnCoin) + 4 * sizeof(void*);
    constexpr std::size_t slot_bytes = sizeof(CoinIndex) + sizeof(Standing) + 1;
    return standings_.size() * tree_node_bytes + standings_.bucket_count() * slot_bytes;
}

}  // namespace bezant
