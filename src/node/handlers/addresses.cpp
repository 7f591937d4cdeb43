// SPDX-License-Identifier: Apache-2.0
#include "node/address_exchange.hpp"
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/turn.hpp"

namespace bezant {

void on_message(Turn& turn, Peer& peer, const Addresses& message) {
    if (message.addresses.size() > addresses_per_message_max)
        return misbehave(turn, peer, Misconduct::too_large_message);
    of_no_use(turn, peer);
    addresses_arrived(turn, peer, message.addresses);
}

}  // namespace bezant
