// SPDX-License-Identifier: Apache-2.0
#include "node/payment_relay.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant {

void PaymentRelay::add(TransactionIndex payment) {
    const Held* held = held_.emplace(payment, {.place = next_place_});
    CHECK(held != nullptr, "a payment is held once");
    order_.push_back({.number = next_place_++, .payment = payment});
}

void PaymentRelay::remove(TransactionIndex payment) {
    held_.erase(payment);
    drop_removed();
}

void PaymentRelay::remove_all(std::span<const TransactionIndex> payments) {
    constexpr std::size_t ahead = 8;
    for (std::size_t i = 0; i < payments.size(); ++i) {
        if (i + ahead < payments.size()) held_.expect_use(payments[i + ahead]);
        held_.erase(payments[i]);
    }
    drop_removed();
}

bool PaymentRelay::mark_known(TransactionIndex payment, std::uint32_t slot) {
    Held* held = held_.find(payment);
    if (held == nullptr) return false;
    held->known_by.insert(slot);
    return true;
}

bool PaymentRelay::is_known(TransactionIndex payment, std::uint32_t slot) const {
    const Held* held = held_.find(payment);
    return held != nullptr && held->known_by.contains(slot);
}

std::vector<TransactionIndex> PaymentRelay::take_unknown(
    std::uint32_t slot, std::uint64_t& place, std::size_t count_max,
    const std::function<bool(TransactionIndex)>& is_wanted) {
    std::vector<TransactionIndex> taken;
    auto next = std::ranges::lower_bound(order_, place, {}, &Place::number);
    taken.reserve(std::min(count_max, static_cast<std::size_t>(order_.end() - next)));
    for (; next != order_.end() && taken.size() < count_max; ++next) {
        Held* held = held_.find(next->payment);
        if (held == nullptr || held->place != next->number) continue;
        if (held->known_by.contains(slot) || !is_wanted(next->payment)) continue;
        held->known_by.insert(slot);
        taken.push_back(next->payment);
    }
    place = next == order_.end() ? next_place_ : next->number;
    return taken;
}

void PaymentRelay::forget_slot(std::uint32_t slot) {
    held_.for_each([slot](TransactionIndex, Held& held) { held.known_by.erase(slot); });
}

bool PaymentRelay::is_current(const Place& place) const {
    const Held* held = held_.find(place.payment);
    return held != nullptr && held->place == place.number;
}

// Constant time a removal, all in all: the order is gone through when more than half of it is
// dead.
void PaymentRelay::drop_removed() {
    constexpr std::size_t slack = 64;
    if (order_.size() < 2 * held_.size() + slack) return;
    std::erase_if(order_, [this](const Place& place) { return !is_current(place); });
}

std::size_t PaymentRelay::memory_bytes() const {
    std::size_t bytes = held_.memory_bytes() + order_.capacity() * sizeof(Place);
    held_.for_each(
        [&](TransactionIndex, const Held& held) { bytes += held.known_by.memory_bytes(); });
    return bytes;
}

}  // namespace bezant
