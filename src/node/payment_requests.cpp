// SPDX-License-Identifier: Apache-2.0
#include "node/payment_requests.hpp"

#include <algorithm>

namespace bezant {

bool PaymentRequests::announced(TransactionIndex payment, PeerId peer) {
    Wanted* wanted = wanted_.find(payment);
    if (wanted == nullptr) {
        if (wanted_.size() >= wanted_payments_max) return false;
        wanted_.emplace(payment, {.assigned = peer, .others = {}});
        return true;
    }
    const bool known =
        wanted->assigned == peer || std::ranges::find(wanted->others, peer) != wanted->others.end();
    if (!known && wanted->others.size() + 1 < announcers_per_payment_max)
        wanted->others.push_back(peer);
    return false;
}

bool PaymentRequests::has_others(TransactionIndex payment) const {
    const Wanted* wanted = wanted_.find(payment);
    return wanted != nullptr && !wanted->others.empty();
}

bool PaymentRequests::is_assigned(TransactionIndex payment, PeerId peer) const {
    const Wanted* wanted = wanted_.find(payment);
    return wanted != nullptr && wanted->assigned == peer;
}

std::optional<PeerId> PaymentRequests::reassign(TransactionIndex payment, PeerId peer) {
    Wanted* wanted = wanted_.find(payment);
    if (wanted == nullptr || wanted->assigned != peer) return std::nullopt;
    if (wanted->others.empty()) {
        wanted_.erase(payment);
        return std::nullopt;
    }
    wanted->assigned = wanted->others.front();
    wanted->others.erase(wanted->others.begin());
    return wanted->assigned;
}

PaymentRequests::Announcers PaymentRequests::forget(TransactionIndex payment) {
    const Wanted* wanted = wanted_.find(payment);
    if (wanted == nullptr) return {};
    Announcers announcers = wanted->others;
    announcers.push_back(wanted->assigned);
    wanted_.erase(payment);
    return announcers;
}

void PaymentRequests::hold_facts(HeldFacts& held) const {
    wanted_.for_each([&](TransactionIndex payment, const Wanted&) { held.hold(payment); });
}

std::size_t PaymentRequests::memory_bytes() const { return wanted_.memory_bytes(); }

}  // namespace bezant
