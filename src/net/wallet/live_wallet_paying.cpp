// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/check.hpp"
#include "net/wallet/live_wallet.hpp"
#include "storage/records.hpp"
#include "wallet/coin_choice.hpp"
#include "wallet/signing.hpp"

namespace bezant::net {

using storage::Database;
using storage::Family;

namespace {

SendFault fault_of(wallet::ChoiceError error) {
    switch (error) {
        case wallet::ChoiceError::out_of_range:
            return SendFault::out_of_range;
        case wallet::ChoiceError::insufficient_funds:
            return SendFault::insufficient_funds;
        case wallet::ChoiceError::too_many_coins:
            return SendFault::too_many_coins;
    }
    CHECK(false, "every error of a choice is a fault here");
}

/// All outputs together; nothing if one pays nothing, or they are no amount.
std::optional<Amount> whole_amount(const std::vector<Output>& outputs) {
    std::optional<Amount> sum{Amount{}};
    for (const Output& output : outputs) {
        if (output.amount == Amount{}) return std::nullopt;
        sum = checked_add(*sum, output.amount);
        if (!sum) return std::nullopt;
    }
    return sum;
}

std::vector<wallet::SpentCoin> candidates(const std::vector<UnspentCoin>& coins,
                                          bool waiting_change_too) {
    std::vector<wallet::SpentCoin> usable;
    for (const UnspentCoin& coin : coins)
        if (coin.is_usable() && (coin.confirmations > 0 || waiting_change_too))
            usable.push_back({coin.outpoint, coin.output});
    return usable;
}

}  // namespace

std::string_view to_text(SendFault fault) {
    switch (fault) {
        case SendFault::scanning:
            return "the wallet has not read all blocks yet; try again when it has";
        case SendFault::out_of_range:
            return wallet::to_text(wallet::ChoiceError::out_of_range);
        case SendFault::insufficient_funds:
            return wallet::to_text(wallet::ChoiceError::insufficient_funds);
        case SendFault::too_many_coins:
            return wallet::to_text(wallet::ChoiceError::too_many_coins);
        case SendFault::no_key_for_change:
            return wallet::to_text(wallet::KeyringError::no_key_left);
        case SendFault::locked:
            return wallet::to_text(wallet::SigningError::locked);
        case SendFault::not_written:
            return to_text(WalletFault::not_written);
    }
    CHECK(false, "every fault has a text");
}

std::string_view to_text(GiveUpFault fault) {
    switch (fault) {
        case GiveUpFault::unknown:
            return "the wallet has no payment of this id";
        case GiveUpFault::confirmed:
            return "the payment is confirmed: it cannot be given up";
        case GiveUpFault::held:
            return "the payment waits for a block in this node's pool: it cannot be given up";
        case GiveUpFault::not_written:
            return to_text(WalletFault::not_written);
    }
    CHECK(false, "every fault has a text");
}

/// A fresh key for each change, as long as whoever restores the wallet from its words would find
/// it; then one that was given out already.
Result<Output, SendFault> LiveWallet::change_output(Amount amount) {
    auto path = keyring_.issue(wallet::KeyBranch::change);
    if (!path) path = keyring_.next_unused(wallet::KeyBranch::change);
    if (!path) return unexpected{SendFault::no_key_for_change};
    if (!write_position()) return unexpected{SendFault::not_written};
    return Output{amount, public_key_hash(keyring_.public_key(*path))};
}

Result<wallet::UnsignedPayment, SendFault> LiveWallet::prepare(const SendOrder& order,
                                                               Random& random) {
    if (!is_complete()) return unexpected{SendFault::scanning};
    const auto sum = whole_amount(order.outputs);
    if (!sum) return unexpected{SendFault::out_of_range};
    const wallet::ChoiceOrder wanted{
        .amount = *sum,
        .output_count = order.outputs.size(),
        .units_per_byte = order.units_per_byte,
        .transaction_bytes_max = archive_.parameters().transaction_bytes_max};
    const std::vector<UnspentCoin> coins = unspent();
    auto choice = wallet::choose_coins(candidates(coins, false), wanted, random);
    if (!choice && choice.error() == wallet::ChoiceError::insufficient_funds)
        choice = wallet::choose_coins(candidates(coins, true), wanted, random);
    if (!choice) return unexpected{fault_of(choice.error())};
    std::vector<Output> outputs = order.outputs;
    if (choice->change > Amount{}) {
        const auto change = change_output(choice->change);
        if (!change) return unexpected{change.error()};
        // Its place among the others must not give it away.
        const auto place = static_cast<std::ptrdiff_t>(random.below(outputs.size() + 1));
        outputs.insert(outputs.begin() + place, *change);
    }
    return wallet::prepare_payment(choice->coins, std::move(outputs), keyring_, file_.genesis);
}

Result<Transaction, SendFault> LiveWallet::pay(const SendOrder& order, Random& random, Time now) {
    if (!is_unlocked()) return unexpected{SendFault::locked};
    const auto payment = prepare(order, random);
    if (!payment) return unexpected{payment.error()};
    const auto done = wallet::sign(*payment, keyring_, file_.genesis);
    CHECK(done && done->is_complete(), "an unlocked wallet signs what it prepared");
    if (!keep(done->transaction, payment->spent, now)) return unexpected{SendFault::not_written};
    return done->transaction;
}

bool LiveWallet::keep(const Transaction& payment, const std::vector<Output>& spent, Time now) {
    PendingPayment pending{.payment = meaning_of(payment, transaction_id(payment), spent, keyring_),
                           .transaction = payment,
                           .full_id = full_transaction_id(payment),
                           .rivals = {}};
    pending.payment.time = wallet_seconds(now);
    if (!write_pending(pending)) return false;
    const TransactionId id = pending.payment.id;
    books_.pending.insert_or_assign(id, std::move(pending));
    return true;
}

bool LiveWallet::write_pending(const PendingPayment& pending) {
    Database::Batch batch{ledger_.database()};
    batch.put(Family::wallet, pending_key(id_, pending.payment.id), storage::bytes_of(pending));
    return ledger_.database().write(std::move(batch)).has_value();
}

std::vector<Transaction> LiveWallet::to_hand_in() const {
    std::vector<Transaction> payments;
    for (const auto& [id, pending] : waiting())
        if (!is_held(*pending)) payments.push_back(pending->transaction);
    return payments;
}

Result<void, GiveUpFault> LiveWallet::give_up(const TransactionId& payment) {
    const auto found = books_.pending.find(payment);
    if (found == books_.pending.end()) {
        const auto is_it = [&](const auto& entry) { return entry.second.id == payment; };
        return unexpected{std::ranges::any_of(books_.history, is_it) ? GiveUpFault::confirmed
                                                                     : GiveUpFault::unknown};
    }
    if (is_held(found->second)) return unexpected{GiveUpFault::held};
    const std::set<TransactionId> gone = with_descendants(books_.pending, {payment});
    Database::Batch batch{ledger_.database()};
    for (const TransactionId& id : gone) batch.remove(Family::wallet, pending_key(id_, id));
    if (!ledger_.database().write(std::move(batch))) return unexpected{GiveUpFault::not_written};
    for (const TransactionId& id : gone) books_.pending.erase(id);
    return {};
}

}  // namespace bezant::net
