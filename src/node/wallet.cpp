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

/// Rewards of blocks of this height and below can be spent in the next block, by the rule
/// immature_coinbase.
Height reward_height_max(const LocalChain& chain, const Archive& archive) {
    const std::uint64_t next = std::uint64_t{chain.height().value} + 1;
    const std::uint64_t maturity = archive.parameters().coinbase_maturity;
    return Height{static_cast<std::uint32_t>(next < maturity ? 0 : next - maturity)};
}

class CoinUses {
public:
    CoinUses(const LocalChain& chain, const Mempool& pool, const Archive& archive)
        : chain_(chain), pool_(pool), reward_height_max_(reward_height_max(chain, archive)) {}

    [[nodiscard]] CoinUse of(CoinIndex coin) const {
        const CoinLookup confirmed = chain_.coin(coin);
        const bool spoken_for = pool_.spender(coin).has_value();
        if (confirmed.state == CoinState::unspent) {
            const bool is_immature =
                confirmed.coin.coinbase && confirmed.coin.height > reward_height_max_;
            if (is_immature) return CoinUse::immature;
            return spoken_for ? CoinUse::reserved : CoinUse::spendable;
        }
        if (confirmed.state == CoinState::spent || spoken_for) return CoinUse::none;
        const bool waits = pool_.coin(coin, chain_.tip()).state == CoinState::unspent;
        return waits ? CoinUse::waiting : CoinUse::none;
    }

private:
    const LocalChain& chain_;
    const Mempool& pool_;
    Height reward_height_max_;
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
    const bool is_reward = transaction.transaction.is_coinbase();
    for (std::uint32_t i = 0; i < outputs.size(); ++i) {
        if (outputs[i].owner != owner_) continue;
        function(
            OwnCoin{.amount = outputs[i].amount,
                    .coin = transaction.creates[i],
                    .coinbase_height = is_reward ? transaction.transaction.lock_height : Height{},
                    .is_change = made(transaction.transaction),
                    .outpoint = {.transaction = transaction.id, .index = i}});
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
            .amount = coins.output(coin)->amount, .coin = coin, .outpoint = input.previous});
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

void Wallet::unconfirm(const TransactionFact& transaction, const LocalChain& chain,
                       const CoinTable& coins, const Mempool& pool) {
    for_each_spent(transaction, coins, [&](OwnCoin own) {
        const Coin known = chain.coin(own.coin).coin;
        if (known.coinbase) own.coinbase_height = known.height;
        put(own, pool);
    });
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

Wallet::Choice Wallet::choose_confirmed(Amount needed, const LocalChain& chain,
                                        const Archive& archive) const {
    const Height mature = reward_height_max(chain, archive);
    Choice choice;
    take_largest(coins(Standing::confirmed), needed, choice,
                 [&](const OwnCoin& own) { return own.coinbase_height <= mature; });
    return choice;
}

Amount Wallet::spendable(Amount enough, const LocalChain& chain, const Archive& archive) const {
    return choose_confirmed(enough, chain, archive).sum;
}

/// Nothing if all together are not enough.
std::optional<Wallet::Choice> Wallet::choose(Amount needed, const LocalChain& chain,
                                             const Mempool& pool, const Archive& archive) const {
    const CoinUses uses{chain, pool, archive};
    Choice choice = choose_confirmed(needed, chain, archive);
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
