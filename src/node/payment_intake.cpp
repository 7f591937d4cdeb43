// SPDX-License-Identifier: Apache-2.0
#include "node/payment_intake.hpp"

#include <algorithm>

#include "node/conduct.hpp"
#include "node/fee_floor.hpp"
#include "node/participant_state.hpp"
#include "node/payment_announcer.hpp"
#include "node/payment_fault.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// The payment is in the pool: to be told on, but not to the neighbours known to have it.
void hold(Turn& turn, TransactionIndex payment, std::optional<PeerId> from,
          std::span<const PeerId> announcers) {
    ParticipantState& self = turn.self;
    Peer* sender = from ? self.peers.find(*from) : nullptr;
    const bool sender_is_told = sender != nullptr && !self.relay.has_more(sender->announced_up_to);
    self.relay.add(payment);
    if (sender != nullptr) {
        self.relay.mark_known(payment, sender->slot);
        sender->payment_at = turn.now;
        ++sender->payments_brought;
    }
    if (sender_is_told) sender->announced_up_to = self.relay.end();
    for (const PeerId announcer : announcers) {
        if (const Peer* peer = self.peers.find(announcer))
            self.relay.mark_known(payment, peer->slot);
    }
    self.wallet.wait_for(self.archive.transactions()[payment], self.archive.coins(), self.pool);
    turn.effects.notice(PaymentAccepted{.from = from, .payment = payment});
}

bool pays_us(const ParticipantState& self, TransactionIndex payment) {
    const Transaction& transaction = self.archive.transactions()[payment].transaction;
    return !self.wallet.made(transaction) &&
           std::ranges::any_of(transaction.outputs, [&](const Output& output) {
               return output.owner == self.wallet.owner();
           });
}

void report_double_spend(Turn& turn, TransactionIndex held, TransactionIndex offered) {
    const bool concerns_us = pays_us(turn.self, held) || pays_us(turn.self, offered);
    turn.effects.notice(
        DoubleSpendAttempted{.held = held, .offered = offered, .pays_us = concerns_us});
}

/// Of a refused payment, the one that has its coin: in the pool, or in the chain.
std::optional<TransactionIndex> rival_of(const ParticipantState& self, TransactionIndex payment,
                                         const Refusal& refusal) {
    if (const auto* conflict = std::get_if<Conflict>(&refusal)) return conflict->held;
    const auto* invalid = std::get_if<Invalid>(&refusal);
    if (invalid == nullptr || invalid->rejection.reason != Reason::coin_already_spent)
        return std::nullopt;
    return confirmed_rival(self.archive, payment, self.chain.tip());
}

/// The payment is in neither pool nor chain, unless a copy with other signatures is.
void forget_outputs(ParticipantState& self, TransactionIndex payment) {
    const TransactionFact& fact = self.archive.transactions()[payment];
    if (self.pool.find(fact.id)) return;
    if (fact.creates.empty() || self.chain.coin(fact.creates.front()).state == CoinState::unknown)
        self.wallet.give_up(fact, self.archive.coins(), self.pool);
}

void no_longer_held(ParticipantState& self, std::span<const TransactionIndex> evicted) {
    for (const TransactionIndex payment : evicted) {
        self.relay.remove(payment);
        self.orphans.take(payment);
        forget_outputs(self, payment);
    }
}

void refuse(Turn& turn, TransactionIndex payment, Peer* from, const Refusal& refusal) {
    ParticipantState& self = turn.self;
    const std::optional<PeerId> sender = from ? std::optional{from->id} : std::nullopt;
    if (std::holds_alternative<MissingParents>(refusal)) {
        self.orphans.add(payment, sender);
    } else {
        self.refused.add(payment, self.archive.transactions()[payment].bytes);
    }
    if (is_harmless(refusal)) return;
    if (const auto* full = std::get_if<PoolFull>(&refusal)) {
        no_longer_held(self, full->evicted);
        consider_fee_floor(turn);
    }
    if (const auto rival = rival_of(self, payment, refusal))
        report_double_spend(turn, *rival, payment);
    turn.effects.notice(PaymentRefused{.from = sender, .payment = payment, .refusal = refusal});
    if (from != nullptr && is_senders_fault(refusal))
        misbehave(turn, *from, Misconduct::invalid_payment);
}

/// Orphans that waited for what is there now.
void adopt(Turn& turn, std::span<const TransactionIndex> orphans) {
    ParticipantState& self = turn.self;
    for (const TransactionIndex orphan : orphans) {
        turn.effects.charge({.signatures = signatures_of(self.archive, orphan), .bytes = 0});
        hold(turn, orphan, self.orphans.take(orphan), {});
    }
}

void admit(Turn& turn, TransactionIndex payment, std::optional<PeerId> from,
           std::span<const PeerId> announcers, const Admission& admission) {
    ParticipantState& self = turn.self;
    hold(turn, payment, from, announcers);
    adopt(turn, admission.adopted_orphans);
    no_longer_held(self, admission.evicted);
    schedule_announcements(turn);
    consider_fee_floor(turn);
}

}  // namespace

std::optional<Refusal> take_payment(Turn& turn, TransactionIndex payment, Peer* from) {
    ParticipantState& self = turn.self;
    const auto announcers = self.payment_requests.forget(payment);
    if (from != nullptr && self.relay.mark_known(payment, from->slot)) return std::nullopt;
    auto admission = self.pool.add(payment, self.chain.tip());
    const bool checked = admission || was_verified(admission.error());
    turn.effects.charge({.signatures = checked ? signatures_of(self.archive, payment) : 0,
                         .bytes = self.archive.transactions()[payment].bytes});
    if (!admission) {
        refuse(turn, payment, from, admission.error());
        return std::move(admission.error());
    }
    const std::optional<PeerId> sender = from ? std::optional{from->id} : std::nullopt;
    admit(turn, payment, sender, announcers, *admission);
    return std::nullopt;
}

void submit(Turn& turn, TransactionIndex payment) {
    const auto refusal = take_payment(turn, payment, nullptr);
    if (refusal && is_harmless(*refusal))
        turn.effects.notice(
            PaymentRefused{.from = std::nullopt, .payment = payment, .refusal = *refusal});
}

void follow_pool(Turn& turn, const PoolChange& change) {
    ParticipantState& self = turn.self;
    self.relay.remove_all(change.confirmed);
    for (const PoolChange::Dropped& dropped : change.dropped) {
        self.relay.remove(dropped.payment);
        forget_outputs(self, dropped.payment);
        if (dropped.winner) report_double_spend(turn, dropped.payment, *dropped.winner);
    }
    for (const TransactionIndex payment : change.returned) {
        self.relay.add(payment);
        self.wallet.wait_for(self.archive.transactions()[payment], self.archive.coins(), self.pool);
    }
    self.refused.clear();
    adopt(turn, change.adopted);
    schedule_announcements(turn);
    consider_fee_floor(turn);
}

void pay(Turn& turn, const PayOrder& order) {
    ParticipantState& self = turn.self;
    const auto fail = [&](PayError error) {
        turn.effects.notice(OrderFailed{.order = order.order, .error = error});
    };
    auto payment = self.wallet.pay(order, self.chain, self.pool, self.archive);
    if (!payment) return fail(payment.error());
    const TransactionIndex index = self.archive.add_transaction(std::move(*payment));
    self.archive.vouch_for(index);
    if (take_payment(turn, index, nullptr)) return fail(PayError::refused_by_pool);
    turn.effects.notice(OrderPaid{.order = order.order, .payment = index});
}

}  // namespace bezant
