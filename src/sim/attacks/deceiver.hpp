// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sim/actor.hpp"
#include "sim/attacks/audience.hpp"

namespace bezant::sim {

/// Something false to tell the neighbours, and what to send those who ask for it.
struct Lie {
    Message announcement;
    TransactionIndex payment = no_transaction;  ///< the false payment, or
    BlockIndex block = no_block;                ///< the false block
    Message goods;                              ///< the answer to who asks for it
    /// Told to whoever connects from now on, as the answer to his question for the chain.
    bool is_for_newcomers = false;
};

/// An adversary with two voices: a participant of his own, honest in all that it does, and beside
/// it one that lies. Whoever asks for what the lie announced gets it. His coins are kept for the
/// attack: he makes no payment that he is ordered to.
class Deceiver : public Actor {
public:
    /// The lie is the attack's, which may change it at any time; it must outlive the actor.
    Deceiver(const Seat& seat, const std::optional<Lie>& lie);

    void handle(const Event& event, Time now, Effects& effects) override;
    /// Tells the lie to all neighbours there are.
    void poked(std::uint64_t tag, Time now, Effects& effects) override;
    [[nodiscard]] const Participant* participant() const override { return &participant_; }
    [[nodiscard]] bool is_honest() const override { return false; }

protected:
    /// The honest voice.
    virtual void live(const Event& event, Time now, Effects& effects) {
        participant_.handle(event, now, effects);
    }
    [[nodiscard]] Participant& own() { return participant_; }
    void tell_all(Effects& effects) const;

private:
    void answer(const MessageArrived& arrived, Time now, Effects& effects);
    [[nodiscard]] GetData serve(PeerId peer, GetData request, Effects& effects) const;

    Participant participant_;
    const std::optional<Lie>& lie_;
    Audience audience_;
};

}  // namespace bezant::sim
