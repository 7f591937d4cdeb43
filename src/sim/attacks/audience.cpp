// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/audience.hpp"

namespace bezant::sim {

void Audience::see(const Event& event) {
    if (const auto* gone = std::get_if<PeerDisconnected>(&event))
        std::erase(neighbours_, gone->peer);
    const auto* arrived = std::get_if<MessageArrived>(&event);
    if (arrived != nullptr && std::holds_alternative<Hello>(arrived->message))
        neighbours_.push_back(arrived->peer);
}

void Audience::tell(const Message& message, Effects& effects) const {
    for (const PeerId neighbour : neighbours_) effects.send(neighbour, message);
}

}  // namespace bezant::sim
