// SPDX-License-Identifier: Apache-2.0
#include "node/address_exchange.hpp"
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/turn.hpp"

namespace bezant {

// Only whoever called may ask, and once: whom we call we chose, and by asking him what we know he
// could recognise us on another network.
void on_message(Turn& turn, Peer& peer, const GetAddresses&) {
    if (peer.outbound || peer.addresses_answered)
        return misbehave(turn, peer, Misconduct::unexpected_message);
    answer_addresses(turn, peer);
}

}  // namespace bezant
