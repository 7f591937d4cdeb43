// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/deceiver.hpp"

#include <algorithm>

namespace bezant::sim {

Deceiver::Deceiver(const Seat& seat, const std::optional<Lie>& lie)
    : participant_(seat.archive, seat.key, seat.options, seat.random, seat.stored), lie_(lie) {}

void Deceiver::handle(const Event& event, Time now, Effects& effects) {
    if (std::holds_alternative<PaymentOrdered>(event)) return;
    audience_.see(event);
    if (const auto* arrived = std::get_if<MessageArrived>(&event))
        return answer(*arrived, now, effects);
    live(event, now, effects);
}

void Deceiver::answer(const MessageArrived& arrived, Time now, Effects& effects) {
    const bool to_newcomers = lie_ && lie_->is_for_newcomers;
    if (const auto* request = std::get_if<GetData>(&arrived.message)) {
        const GetData rest = serve(arrived.peer, *request, effects);
        if (rest.payments.empty() && rest.blocks.empty()) return;
        return live(MessageArrived{.peer = arrived.peer, .message = rest}, now, effects);
    }
    if (const auto* request = std::get_if<GetCompactBlock>(&arrived.message);
        request != nullptr && lie_ && request->block == lie_->block)
        return effects.send(arrived.peer, lie_->goods);
    if (to_newcomers && std::holds_alternative<GetHeaders>(arrived.message)) return;
    live(arrived, now, effects);
    if (to_newcomers && std::holds_alternative<Hello>(arrived.message))
        effects.send(arrived.peer, lie_->announcement);
}

/// Sends what the lie announced, if it is asked for; gives back the rest of the request.
GetData Deceiver::serve(PeerId peer, GetData request, Effects& effects) const {
    if (!lie_) return request;
    const std::size_t asked =
        std::erase(request.payments, lie_->payment) + std::erase(request.blocks, lie_->block);
    if (asked > 0) effects.send(peer, lie_->goods);
    return request;
}

void Deceiver::poked(std::uint64_t /*tag*/, Time /*now*/, Effects& effects) { tell_all(effects); }

void Deceiver::tell_all(Effects& effects) const {
    if (lie_) audience_.tell(lie_->announcement, effects);
}

}  // namespace bezant::sim
