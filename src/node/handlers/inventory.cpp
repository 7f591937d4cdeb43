// SPDX-License-Identifier: Apache-2.0
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/payment_fetch.hpp"
#include "node/turn.hpp"

namespace bezant {

void on_message(Turn& turn, Peer& peer, const Inventory& inventory) {
    if (inventory.payments.size() > inventory_per_message_max)
        return misbehave(turn, peer, Misconduct::too_large_message);
    payments_announced(turn, peer, inventory.payments);
}

}  // namespace bezant
