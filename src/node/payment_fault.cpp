// SPDX-License-Identifier: Apache-2.0
#include "node/payment_fault.hpp"

#include <algorithm>

namespace bezant {

namespace {

/// The payment of the block that spends the coin; nothing if it was forgotten, being buried.
std::optional<TransactionIndex> spender_in(const Archive& archive, CoinIndex coin,
                                           BlockIndex block) {
    if (!archive.is_loaded(block)) return std::nullopt;
    const auto body = archive.body(block);
    const auto spender = std::ranges::find_if(body, [&](TransactionIndex payment) {
        const auto& spends = archive.transactions()[payment].spends;
        return std::ranges::find(spends, coin) != spends.end();
    });
    return spender == body.end() ? std::nullopt : std::optional{*spender};
}

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

std::optional<TransactionIndex> confirmed_rival(const Archive& archive, TransactionIndex payment,
                                                BlockIndex tip) {
    for (const CoinIndex coin : archive.transactions()[payment].spends) {
        const BlockIndex block = archive.coins().spender_at(coin, tip, archive.blocks());
        if (block != no_block) return spender_in(archive, coin, block);
    }
    return std::nullopt;
}

}  // namespace bezant
