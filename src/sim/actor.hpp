// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "crypto/early_signatures.hpp"
#include "node/participant.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

/// What it takes to be a participant: given to whoever sits there, at the start and after each
/// restart.
struct Seat {
    ParticipantId id = 0;
    Archive& archive;
    SigningKey key;
    ParticipantOptions options;
    Random random;
    std::span<const BlockIndex> stored;  ///< kept on disk from an earlier life; empty in the first
    std::optional<RememberedPeers> remembered{};  ///< the same, where participants find each other
    EarlySignatures* early = nullptr;             ///< for the key, if there is somebody who signs

    /// The key, and who signs for it.
    [[nodiscard]] std::unique_ptr<const Signer> signer() const {
        if (early != nullptr) return std::make_unique<EarlySigner>(key, *early);
        return std::make_unique<SigningKey>(key);
    }
};

/// Who sits at a participant's place in the world. The honest one is a Participant; an adversary is
/// another object here, never a flag in honest code.
class Actor {
public:
    Actor() = default;
    Actor(const Actor&) = delete;
    Actor& operator=(const Actor&) = delete;
    virtual ~Actor() = default;

    /// As Participant::handle: something happened at `now`, by the clock at this place.
    virtual void handle(const Event& event, Time now, Effects& effects) = 0;

    /// This event will come soon (Participant::expect).
    virtual void expect(const Event& /*event*/, Foresight /*step*/) const {}

    /// A moment that an attack asked for with AttackControl::poke.
    virtual void poked(std::uint64_t /*tag*/, Time /*now*/, Effects& /*effects*/) {}

    /// The participant inside, if there is one.
    [[nodiscard]] virtual const Participant* participant() const = 0;

    /// Whether he is held to the rules: agreement waits for him, and checkers watch him.
    [[nodiscard]] virtual bool is_honest() const = 0;
};

/// One who does as the program says.
class HonestActor final : public Actor {
public:
    explicit HonestActor(Seat seat)
        : participant_(seat.archive, seat.signer(), seat.options, seat.random, seat.stored,
                       std::move(seat.remembered)) {}

    void handle(const Event& event, Time now, Effects& effects) override {
        participant_.handle(event, now, effects);
    }
    void expect(const Event& event, Foresight step) const override {
        participant_.expect(event, step);
    }
    [[nodiscard]] const Participant* participant() const override { return &participant_; }
    [[nodiscard]] bool is_honest() const override { return true; }

private:
    Participant participant_;
};

}  // namespace bezant::sim
