// SPDX-License-Identifier: Apache-2.0
#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"
#include "node/turn.hpp"

namespace bezant {

void on_message(Turn& turn, Peer& peer, const Malformed&) {
    misbehave(turn, peer, Misconduct::malformed_message);
}

}  // namespace bezant
