// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/impostor.hpp"

#include <algorithm>

#include "node/forwarding_effects.hpp"

namespace bezant::sim {

namespace {

/// More than are passed on to others, and no more than are listened to between two pokes.
constexpr std::size_t told_at_once = addresses_passed_on_max + 1;

NetworkAddress alias(const NetworkAddress& home, std::uint32_t group, std::uint32_t place) {
    constexpr std::uint32_t first_network = 128;
    constexpr std::uint32_t byte_values = 256;
    Host host = home.host;
    if (group > 0) {
        host = ipv4_host(static_cast<Byte>(first_network + group / byte_values),
                         static_cast<Byte>(group % byte_values), 0, 0);
    }
    host.bytes[Host::size_bytes - 2] = static_cast<Byte>(place / byte_values);
    host.bytes[Host::size_bytes - 1] = static_cast<Byte>(place % byte_values);
    return {.host = host, .port = home.port};
}

ParticipantOptions welcoming(ParticipantOptions options) {
    options.inbound_slots = peers_max;
    return options;
}

}  // namespace

// The first place in a group is the home's.
std::vector<NetworkAddress> aliases_of(const NetworkAddress& home, std::uint32_t count,
                                       std::uint32_t groups) {
    std::vector<NetworkAddress> aliases;
    for (std::uint32_t i = 0; i < count; ++i)
        aliases.push_back(alias(home, i % groups, i / groups + 2));
    return aliases;
}

/// What the victim may hear of the honest participant inside.
class Impostor::OneView final : public ForwardingEffects {
public:
    OneView(Effects& target, Impostor& self) : ForwardingEffects(target), self_(self) {}

    void send(PeerId peer, Message message) override {
        if (is_victim(peer) && !may_hear(message)) return;
        target().send(peer, std::move(message));
    }
    void disconnect(PeerId peer, Misconduct why) override {
        self_.called_.erase(peer);
        self_.calls_.erase(peer);
        target().disconnect(peer, why);
    }

private:
    [[nodiscard]] bool is_victim(PeerId peer) const {
        return self_.called_.contains(peer) || self_.calls_.contains(peer);
    }
    [[nodiscard]] bool is_hidden(BlockIndex block) const {
        const auto& shown = self_.plan_.shown;
        return shown && self_.archive_.blocks()[block].height > *shown;
    }
    /// An answer without what is hidden is still an answer.
    [[nodiscard]] bool may_hear(Message& message) const {
        if (auto* headers = std::get_if<Headers>(&message))
            std::erase_if(headers->headers, [&](BlockIndex block) { return is_hidden(block); });
        const auto* compact = std::get_if<CompactBlock>(&message);
        const bool hides = compact != nullptr && is_hidden(compact->block);
        return !hides && !std::holds_alternative<Addresses>(message);
    }

    Impostor& self_;
};

Impostor::Impostor(const Seat& seat, const Imposture& plan)
    : participant_(seat.archive, seat.key, welcoming(seat.options), seat.random, seat.stored),
      plan_(plan),
      archive_(seat.archive),
      random_(seat.random.stream("impostor")) {}

void Impostor::handle(const Event& event, Time now, Effects& effects) {
    if (std::holds_alternative<PaymentOrdered>(event)) return;
    if (const auto* connected = std::get_if<PeerConnected>(&event)) meet(*connected);
    if (const auto* gone = std::get_if<PeerDisconnected>(&event)) {
        called_.erase(gone->peer);
        calls_.erase(gone->peer);
    }
    const auto* arrived = std::get_if<MessageArrived>(&event);
    const bool asks = arrived != nullptr && calls_.contains(arrived->peer) &&
                      std::holds_alternative<GetAddresses>(arrived->message);
    if (asks) return tell(arrived->peer, plan_.aliases.size(), now, effects);
    OneView view{effects, *this};
    participant_.handle(event, now, view);
    const bool greets = arrived != nullptr && std::holds_alternative<Hello>(arrived->message);
    if (greets && called_.contains(arrived->peer) && plan_.tells)
        tell(arrived->peer, 1, now, effects);
}

void Impostor::meet(const PeerConnected& event) {
    if (!event.address || event.address->host != plan_.victim.host) return;
    (event.outbound ? called_ : calls_).insert(event.peer);
}

void Impostor::poked(std::uint64_t /*tag*/, Time now, Effects& effects) {
    for (const PeerId peer : called_) {
        if (plan_.tells) tell(peer, told_at_once, now, effects);
    }
    for (std::size_t calls = called_.size(); calls < plan_.calls; ++calls)
        effects.dial(plan_.victim);
}

void Impostor::tell(PeerId peer, std::size_t count, Time now, Effects& effects) {
    std::vector<NetworkAddress> aliases = plan_.aliases;
    random_.shuffle(aliases);
    aliases.resize(std::min({count, aliases.size(), addresses_per_message_max}));
    Addresses message;
    for (const NetworkAddress& alias : aliases)
        message.addresses.push_back({.address = alias, .heard_at = seconds_of(now)});
    effects.send(peer, std::move(message));
}

}  // namespace bezant::sim
