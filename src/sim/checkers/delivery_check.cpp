// SPDX-License-Identifier: Apache-2.0
#include "sim/checkers/delivery_check.hpp"

#include <fmt/format.h>

namespace bezant::sim {

void DeliveryCheck::came_to_life(ParticipantId who, std::span<const BlockIndex> stored) {
    known_[who] = {};
    for (const BlockIndex block : stored) known_[who].blocks.insert(block.value);
}

void DeliveryCheck::arriving(ParticipantId who, const Message& message) {
    if (const auto* block = std::get_if<BlockMessage>(&message)) {
        known_[who].blocks.insert(block->block.value);
    } else if (const auto* payment = std::get_if<PaymentMessage>(&message)) {
        known_[who].payments.insert(payment->payment.value);
    }
}

CheckResult DeliveryCheck::uses(ParticipantId who, const TipChange& change) const {
    for (const BlockIndex block : change.connected) {
        if (known_[who].blocks.contains(block.value)) continue;
        return CheckFailure{
            "bytes_come_first",
            fmt::format("block index {} is used, and was never sent here", block.value)};
    }
    return std::nullopt;
}

CheckResult DeliveryCheck::uses(ParticipantId who, TransactionIndex payment) const {
    if (known_[who].payments.contains(payment.value)) return std::nullopt;
    return CheckFailure{
        "bytes_come_first",
        fmt::format("payment index {} is used, and was never sent here", payment.value)};
}

}  // namespace bezant::sim
