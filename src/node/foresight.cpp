// SPDX-License-Identifier: Apache-2.0
#include "node/foresight.hpp"

#include <optional>
#include <variant>
#include <vector>

#include "base/prefetch.hpp"
#include "node/participant_state.hpp"

namespace bezant {

namespace {

/// What an event is about.
struct Subject {
    std::optional<PeerId> peer{};               ///< the neighbour that sent it, or will hear
    std::optional<TransactionIndex> payment{};  ///< the first that is named
    bool is_told = false;                       ///< that payments are to be had
    bool is_taken = false;                      ///< a payment comes itself
};

std::optional<TransactionIndex> first_of(const std::vector<TransactionIndex>& payments) {
    return payments.empty() ? std::nullopt : std::optional{payments.front()};
}

Subject subject_of(const MessageArrived& arrived) {
    const PeerId peer = arrived.peer;
    if (const auto* told = std::get_if<Inventory>(&arrived.message))
        return {.peer = peer, .payment = first_of(told->payments), .is_told = true};
    if (const auto* asked = std::get_if<GetData>(&arrived.message))
        return {.peer = peer, .payment = first_of(asked->payments)};
    if (const auto* sent = std::get_if<PaymentMessage>(&arrived.message))
        return {.peer = peer, .payment = sent->payment, .is_taken = true};
    return {.peer = peer};
}

Subject subject_of(const Event& event) {
    if (const auto* fired = std::get_if<TimerFired>(&event)) return {.peer = fired->timer.peer};
    if (const auto* arrived = std::get_if<MessageArrived>(&event)) return subject_of(*arrived);
    return {};
}

// Only what the event needs: so many lines are asked for at a time that each more costs.
void foresee_state(const ParticipantState& self, const Subject& subject) {
    prefetch(&self.peers);
    prefetch(&self.relay);
    if (!subject.is_told && !subject.is_taken) return;
    prefetch(&self.payment_requests);
    prefetch(&self.orphans);
    prefetch(&self.refused);
    prefetch(&self.chain, cache_line_bytes);
    if (!subject.is_taken) return;
    prefetch(&self.pool);
    prefetch(&self.wallet);
    prefetch(&self.random);
}

void foresee_tables(const ParticipantState& self, const Subject& subject) {
    self.peers.expect_search();
    if (!subject.payment) return self.relay.expect_search_of_newest();
    self.relay.expect_search(*subject.payment);
    if (subject.is_told || subject.is_taken) self.payment_requests.expect_search(*subject.payment);
    if (subject.is_taken) self.pool.expect_search(*subject.payment);
}

void foresee_entries(const ParticipantState& self, const Subject& subject) {
    if (subject.is_taken) {
        self.peers.expect_all();
        self.pool.expect_use(*subject.payment);
    }
    if (subject.peer) self.peers.expect_use(*subject.peer);
    if (!subject.payment) return self.relay.expect_newest();
    self.relay.expect_use(*subject.payment);
    if (subject.is_told || subject.is_taken) self.payment_requests.expect_use(*subject.payment);
}

}  // namespace

void foresee(const ParticipantState& self, const Event& event, Foresight step) {
    const Subject subject = subject_of(event);
    if (step == Foresight::state) foresee_state(self, subject);
    if (step == Foresight::tables) foresee_tables(self, subject);
    if (step == Foresight::entries) foresee_entries(self, subject);
}

}  // namespace bezant
