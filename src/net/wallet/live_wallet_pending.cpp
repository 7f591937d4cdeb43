// SPDX-License-Identifier: Apache-2.0
// What waits for a block, what was lost, and what the owner is told of it.
#include <algorithm>

#include "base/check.hpp"
#include "base/hex.hpp"
#include "ledger/address.hpp"
#include "net/wallet/live_wallet.hpp"

namespace bezant::net {

using storage::Database;

namespace {

std::vector<Output> outputs_spent(const TransactionFact& fact, const Archive& archive) {
    std::vector<Output> spent;
    for (const CoinIndex coin : fact.spends) {
        const Output* output = archive.coins().output(coin);
        if (output == nullptr) return {};
        spent.push_back(*output);
    }
    return spent;
}

}  // namespace

std::string to_text(const WalletNotice& notice, std::string_view address_prefix) {
    std::string text = notice.kind == WalletNotice::Kind::payment_lost ? "PAYMENT LOST: "
                                                                       : "ATTEMPTED DOUBLE SPEND: ";
    text += to_hex_reversed(notice.payment.id.view());
    const bool we_pay = notice.payment.sent > Amount{};
    const Amount worth = we_pay ? notice.payment.sent : notice.payment.received;
    text += (we_pay ? ", which spends " : ", which pays you ") + to_text(worth) + " BZT";
    if (!notice.payment.counterparts.empty()) {
        text += (we_pay ? " to " : " from ") +
                address_of(notice.payment.counterparts.front().owner, address_prefix);
    }
    if (!notice.rival) return text + ": a payment that it builds on was lost";
    text += notice.kind == WalletNotice::Kind::payment_lost
                ? ": its coins went to, or vanished with, "
                : ": somebody offers another payment of the same coins, ";
    return text + to_hex_reversed(notice.rival->view());
}

void LiveWallet::join(const Participant& participant) {
    participant_ = &participant;
    for (const TransactionIndex payment : participant.mempool().payments()) watch(payment, {});
}

bool LiveWallet::is_held(const PendingPayment& pending) const {
    if (participant_ == nullptr) return false;
    const auto index = archive_.transactions().find(pending.full_id);
    return index && participant_->mempool().contains(*index);
}

/// Of those that are not lost, our own, whether the pool holds them or not, and what it holds of
/// others'.
std::map<TransactionId, const PendingPayment*> LiveWallet::waiting() const {
    const std::set<TransactionId> dead = dead_among(books_.pending);
    std::map<TransactionId, const PendingPayment*> waiting;
    for (const auto& [id, pending] : books_.pending) {
        if (!dead.contains(id) && (pending.is_ours() || is_held(pending)))
            waiting.emplace(id, &pending);
    }
    return waiting;
}

std::optional<WalletPayment> LiveWallet::known_meaning(TransactionIndex payment) const {
    const TransactionFact& fact = archive_.transactions()[payment];
    const std::vector<Output> spent = outputs_spent(fact, archive_);
    const auto ours = [&](const Output& output) { return is_ours(output, keyring_); };
    if (std::ranges::none_of(spent, ours) && std::ranges::none_of(fact.transaction.outputs, ours))
        return std::nullopt;
    return meaning_of(fact.transaction, fact.id, spent, keyring_);
}

/// A payment that the pool has taken in.
void LiveWallet::watch(TransactionIndex payment, Time now) {
    const TransactionFact& fact = archive_.transactions()[payment];
    if (books_.pending.contains(fact.id)) return;
    auto meaning = known_meaning(payment);
    if (!meaning) return;
    meaning->time = wallet_seconds(now);
    PendingPayment pending{.payment = std::move(*meaning),
                           .transaction = fact.transaction,
                           .full_id = fact.full_id,
                           .rivals = {}};
    if (!pending.is_ours() && !has_room_for_others()) return;
    // One of ours was made elsewhere with these keys. If it cannot be written, it is still known
    // for this life, as others' payments are.
    if (pending.is_ours()) write_pending(pending);
    books_.pending.emplace(fact.id, std::move(pending));
}

void LiveWallet::noticed(const Notice& notice, Time now) {
    if (participant_ == nullptr) return;
    if (const auto* accepted = std::get_if<PaymentAccepted>(&notice)) {
        watch(accepted->payment, now);
    } else if (const auto* moved = std::get_if<TipMoved>(&notice)) {
        tip_moved(*moved, now);
    } else if (const auto* attempt = std::get_if<DoubleSpendAttempted>(&notice)) {
        tell_double_spend(*attempt);
    }
}

void LiveWallet::tip_moved(const TipMoved& moved, Time now) {
    // Those of blocks that leave the store's chain come back with them, unless the wallet is
    // behind.
    if (!is_complete())
        for (const TransactionIndex payment : moved.pool.returned) watch(payment, now);
    for (const TransactionIndex payment : moved.pool.adopted) watch(payment, now);
    note_losses(moved.pool);
}

/// The pool says whom it dropped; the store says in its next step what is confirmed. Others'
/// payments that are in neither were thrown out, and may come again.
void LiveWallet::note_losses(const PoolChange& change) {
    std::map<TransactionId, TransactionId> winners;
    for (const PoolChange::Dropped& each : change.dropped) {
        const TransactionFact& fact = archive_.transactions()[each.payment];
        TransactionId winner;
        if (each.winner) winner = archive_.transactions()[*each.winner].id;
        for (const Input& input : fact.transaction.inputs) {
            const auto parent = winners.find(input.previous.transaction);
            if (!each.winner && parent != winners.end()) winner = parent->second;
        }
        if (winner == TransactionId{}) continue;
        winners.emplace(fact.id, winner);
        if (books_.pending.contains(fact.id)) losses_.emplace(fact.id, winner);
    }
    std::set<TransactionId> leaving;
    for (const TransactionIndex confirmed : change.confirmed)
        leaving.insert(archive_.transactions()[confirmed].id);
    for (const PoolChange::Dropped& each : change.dropped)
        leaving.insert(archive_.transactions()[each.payment].id);
    forget_gone(leaving);
}

/// Of others' payments, those that the pool holds no longer, but for these.
void LiveWallet::forget_gone(const std::set<TransactionId>& leaving) {
    const std::set<TransactionId> kept = kept_among(books_.pending);
    std::erase_if(books_.pending, [&](const auto& entry) {
        return !kept.contains(entry.first) && !leaving.contains(entry.first) &&
               !is_held(entry.second);
    });
}

bool LiveWallet::has_room_for_others() {
    const auto is_full = [&] {
        return books_.pending.size() >= options_.waiting_of_others_max &&
               books_.pending.size() - kept_among(books_.pending).size() >=
                   options_.waiting_of_others_max;
    };
    if (is_full()) forget_gone({});
    return !is_full();
}

/// The chain itself tells of most losses. It does not where the coins went that a stranger's
/// payment was to bring, on which one of ours builds.
void LiveWallet::settle_losses() {
    if (losses_.empty()) return;
    WalletDraft draft{books_, keyring_, id_};
    Database::Batch batch{ledger_.database()};
    const std::set<TransactionId> dead = dead_among(books_.pending);
    for (const auto& [payment, rival] : losses_)
        if (!dead.contains(payment)) draft.add_rival(payment, rival, batch);
    losses_.clear();
    if (ledger_.database().write(std::move(batch))) apply(std::move(draft));
}

void LiveWallet::tell_double_spend(const DoubleSpendAttempted& attempt) {
    if (!options_.told) return;
    const auto held = known_meaning(attempt.held);
    const auto offered = known_meaning(attempt.offered);
    if (!held && !offered) return;
    const TransactionId& rival = archive_.transactions()[held ? attempt.offered : attempt.held].id;
    options_.told({.kind = WalletNotice::Kind::double_spend_attempted,
                   .payment = held ? *held : *offered,
                   .rival = rival});
}

void LiveWallet::tell_lost(const std::set<TransactionId>& before) {
    if (!options_.told) return;
    for (const TransactionId& id : dead_among(books_.pending)) {
        if (before.contains(id)) continue;
        const PendingPayment& lost = books_.pending.at(id);
        options_.told(
            {.kind = WalletNotice::Kind::payment_lost,
             .payment = lost.payment,
             .rival = lost.rivals.empty() ? std::nullopt : std::optional{lost.rivals.front()}});
    }
}

}  // namespace bezant::net
