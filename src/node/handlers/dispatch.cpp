// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "node/conduct.hpp"
#include "node/handlers/handlers.hpp"

namespace bezant {

namespace {

using Handler = void (*)(Turn&, Peer&, const Message&);

template <std::size_t kind>
void hand_over(Turn& turn, Peer& peer, const Message& message) {
    on_message(turn, peer, *std::get_if<kind>(&message));
}

template <std::size_t... kinds>
constexpr auto make_table(std::index_sequence<kinds...>) {
    return std::array<Handler, sizeof...(kinds)>{hand_over<kinds>...};
}

/// One handler for each kind of message, in the order of the kinds.
constexpr auto handlers = make_table(std::make_index_sequence<std::variant_size_v<Message>>{});

bool may_come_before_hello(const Message& message) {
    return std::holds_alternative<Hello>(message) || std::holds_alternative<Malformed>(message);
}

}  // namespace

void dispatch(Turn& turn, Peer& peer, const Message& message) {
    peer.quiet_intervals = 0;
    if (!peer.greeted && !may_come_before_hello(message))
        return drop(turn, peer, Misconduct::unexpected_message);
    handlers[message.index()](turn, peer, message);
}

}  // namespace bezant
