// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/trade.hpp"

#include <algorithm>

#include "sim/attacks/crafted_payment.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

bool Trade::sign(AttackControl& control, Amount fee, BlockIndex tip) {
    Archive& archive = control.archive();
    const SigningKey key = control.key_of(attacker_);
    const PublicKeyHash self = public_key_hash(key.public_key());
    const PublicKeyHash victim = public_key_hash(control.key_of(victim_).public_key());
    const auto coin = largest_coin(archive, tip, self);
    if (!coin || coin->output.amount <= fee) return false;
    amount_ = Amount{coin->output.amount.value - fee.value};
    const Hand hand{.shown = key.public_key(), .signs = key};
    const auto pay = [&](const PublicKeyHash& payee) {
        return archive.add_transaction(craft_payment(*coin, {{.amount = amount_, .owner = payee}},
                                                     hand, archive.parameters().genesis_hash));
    };
    to_victim_ = pay(victim);
    back_ = pay(self);
    return true;
}

void Trade::victim_noticed(const Archive& archive, const Notice& notice) {
    if (!is_signed()) return;
    const auto* accepted = std::get_if<PaymentAccepted>(&notice);
    const auto* attempt = std::get_if<DoubleSpendAttempted>(&notice);
    const auto* moved = std::get_if<TipMoved>(&notice);
    if (attempt != nullptr && (attempt->held == back_ || attempt->offered == back_)) warned_ = true;
    if (accepted != nullptr && accepted->payment == to_victim_) accepted_ = !warned_;
    if (moved != nullptr) victim_moved(archive, moved->change);
}

void Trade::victim_moved(const Archive& archive, const TipChange& change) {
    for (const BlockIndex block : change.disconnected) {
        if (block != paid_in_) continue;
        paid_in_.reset();
        undone_ = change.disconnected.size();
    }
    for (const BlockIndex block : change.connected)
        if (holds(archive, block, to_victim_)) paid_in_ = block;
    const BlockTree& blocks = archive.blocks();
    confirmations_ =
        paid_in_ ? blocks[change.to].height.value - blocks[*paid_in_].height.value + 1 : 0;
    confirmations_seen_ = std::max(confirmations_seen_, confirmations_);
}

bool Trade::is_reversed(const World& world) const {
    return is_signed() && is_confirmed(world.archive(), back_, world.common_tip()) &&
           !is_confirmed(world.archive(), to_victim_, world.common_tip());
}

}  // namespace bezant::sim
