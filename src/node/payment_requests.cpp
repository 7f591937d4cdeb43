// SPDX-License-Identifier: Apache-2.0
#include "node/payment_requests.hpp"

#include <algorithm>

namespace bezant {

bool PaymentRequests::announced(TransactionIndex payment, PeerId peer) {
    const auto found = wanted_.find(payment);
    if (found == wanted_.end()) {
        if (wanted_.size() >= wanted_payments_max) return false;
        wanted_.emplace(payment, Wanted{.assigned = peer, .others = {}});
        return true;
    }
    Wanted& wanted = found->second;
    const bool known =
        wanted.assigned == peer || std::ranges::find(wanted.others, peer) != wanted.others.end();
    if (!known && wanted.others.size() + 1 < announcers_per_payment_max)
        wanted.others.push_back(peer);
    return false;
}

bool PaymentRequests::has_others(TransactionIndex payment) const {
    const auto found = wanted_.find(payment);
    return found != wanted_.end() && !found->second.others.empty();
}

bool PaymentRequests::is_assigned(TransactionIndex payment, PeerId peer) const {
    const auto found = wanted_.find(payment);
    return found != wanted_.end() && found->second.assigned == peer;
}

std::optional<PeerId> PaymentRequests::reassign(TransactionIndex payment, PeerId peer) {
    const auto found = wanted_.find(payment);
    if (found == wanted_.end() || found->second.assigned != peer) return std::nullopt;
    Wanted& wanted = found->second;
    if (wanted.others.empty()) {
        wanted_.erase(found);
        return std::nullopt;
    }
    wanted.assigned = wanted.others.front();
    wanted.others.erase(wanted.others.begin());
    return wanted.assigned;
}

PaymentRequests::Announcers PaymentRequests::forget(TransactionIndex payment) {
    const auto found = wanted_.find(payment);
    if (found == wanted_.end()) return {};
    Announcers announcers = std::move(found->second.others);
    announcers.push_back(found->second.assigned);
    wanted_.erase(found);
    return announcers;
}

std::size_t PaymentRequests::memory_bytes() const {
    return wanted_.bucket_count() * sizeof(std::pair<TransactionIndex, Wanted>);
}

}  // namespace bezant
