// SPDX-License-Identifier: Apache-2.0
#include "sim/checkers/delivery_check.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bezant::sim {

void DeliveryCheck::came_to_life(ParticipantId who, std::span<const BlockIndex> stored) {
    known_[who] = {};
    for (const BlockIndex block : stored) knows_block(who, block);
}

void DeliveryCheck::arriving(ParticipantId who, const Message& message) {
    if (const auto* block = std::get_if<BlockMessage>(&message)) {
        knows_block(who, block->block);
    } else if (const auto* payment = std::get_if<PaymentMessage>(&message)) {
        known_[who].transactions.insert(payment->payment.value);
    } else if (const auto* compact = std::get_if<CompactBlock>(&message)) {
        known_[who].compact_blocks.insert(compact->block.value);
        for (const Prefilled& each : compact->prefilled) knows(who, each.transaction);
    } else if (const auto* missing = std::get_if<MissingTransactions>(&message)) {
        for (const Transaction& transaction : missing->transactions) knows(who, transaction);
    }
}

/// Its transactions are known with it: an abandoned block gives them back, one by one.
void DeliveryCheck::knows_block(ParticipantId who, BlockIndex block) {
    if (!known_[who].blocks.insert(block.value)) return;
    for (const TransactionIndex transaction : archive_.body(block))
        known_[who].transactions.insert(transaction.value);
}

void DeliveryCheck::knows(ParticipantId who, const Transaction& transaction) {
    const FullTransactionId id = full_transaction_id(transaction);
    if (const auto index = archive_.transactions().find(id)) {
        known_[who].transactions.insert(index->value);
    } else {
        known_[who].strange_transactions.insert(id);
    }
}

bool DeliveryCheck::has(ParticipantId who, TransactionIndex transaction) const {
    const Known& known = known_[who];
    return known.transactions.contains(transaction.value) ||
           known.strange_transactions.contains(archive_.transactions()[transaction].full_id);
}

bool DeliveryCheck::has(ParticipantId who, BlockIndex block) const {
    const Known& known = known_[who];
    if (known.blocks.contains(block.value)) return true;
    return known.compact_blocks.contains(block.value) &&
           std::ranges::all_of(archive_.body(block),
                               [&](TransactionIndex transaction) { return has(who, transaction); });
}

CheckResult DeliveryCheck::uses(ParticipantId who, const TipChange& change) const {
    for (const BlockIndex block : change.connected) {
        if (has(who, block)) continue;
        return CheckFailure{
            "bytes_come_first",
            fmt::format("block index {} is used, and was never sent here", block.value)};
    }
    return std::nullopt;
}

CheckResult DeliveryCheck::uses(ParticipantId who, TransactionIndex payment) const {
    if (has(who, payment)) return std::nullopt;
    return CheckFailure{
        "bytes_come_first",
        fmt::format("payment index {} is used, and was never sent here", payment.value)};
}

}  // namespace bezant::sim
