// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/payments_of_others.hpp"

#include "sim/attacks/crafted_payment.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

/// What is in none of so many blocks was kept out.
constexpr std::uint32_t patience_blocks = 6;

/// The first transaction that is too young to be counted as kept out: they are numbered as they
/// came up, and a block's coinbase comes up with it.
TransactionIndex young_from(const Archive& archive, BlockIndex tip) {
    const Height top = archive.blocks()[tip].height;
    if (top.value <= patience_blocks) return TransactionIndex{0};
    const Height last{top.value - patience_blocks + 1};
    return archive.body(archive.blocks().ancestor(tip, last)).front();
}

}  // namespace

PaymentsMade payments_of_others(const World& world, const std::set<TransactionIndex>& his) {
    const Archive& archive = world.archive();
    const BlockIndex tip = world.common_tip();
    const TransactionIndex young = young_from(archive, tip);
    PaymentsMade payments;
    for (TransactionIndex payment{0}; payment.value < archive.transactions().size();
         ++payment.value) {
        const Transaction& transaction = archive.transactions()[payment].transaction;
        if (his.contains(payment) || transaction.is_coinbase()) continue;
        ++payments.made;
        if (is_confirmed(archive, payment, tip))
            ++payments.confirmed;
        else if (payment < young)
            payments.is_one_kept_out = true;
    }
    return payments;
}

}  // namespace bezant::sim
