// SPDX-License-Identifier: Apache-2.0
#include "node/payment_fault.hpp"

#include <algorithm>

namespace bezant {

namespace {

bool depends_on_chain(Reason reason) {
    return reason == Reason::locked || reason == Reason::unknown_coin ||
           reason == Reason::coin_already_spent || reason == Reason::immature_coinbase;
}

}  // namespace

bool is_harmless(const Refusal& refusal) {
    return std::holds_alternative<AlreadyHeld>(refusal) ||
           std::holds_alternative<AlreadyConfirmed>(refusal) ||
           std::holds_alternative<MissingParents>(refusal);
}

bool is_senders_fault(const Refusal& refusal) {
    const auto* invalid = std::get_if<Invalid>(&refusal);
    return invalid != nullptr && !depends_on_chain(invalid->rejection.reason);
}

bool was_verified(const Refusal& refusal) {
    if (is_harmless(refusal)) return false;
    const auto* invalid = std::get_if<Invalid>(&refusal);
    return invalid == nullptr || invalid->rejection.reason >= Reason::bad_signature;
}

std::uint32_t signatures_of(const Archive& archive, TransactionIndex payment) {
    return static_cast<std::uint32_t>(archive.transactions()[payment].transaction.inputs.size());
}

}  // namespace bezant
