// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/actor.hpp"
#include "sim/observer.hpp"
#include "sim/scenario.hpp"
#include "sim/summary.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

class World;

/// What an attack may do to the world beside what its actors say to their neighbours. Everything
/// happens as an event of its own, `after` from now, never inside the call.
class AttackControl {
public:
    AttackControl() = default;
    AttackControl(const AttackControl&) = delete;
    AttackControl& operator=(const AttackControl&) = delete;
    virtual ~AttackControl() = default;

    [[nodiscard]] virtual const World& world() const = 0;
    /// To make facts in: transactions and blocks that an adversary thought up.
    [[nodiscard]] virtual Archive& archive() = 0;
    /// The attack's own stream: drawing from it moves nothing else.
    [[nodiscard]] virtual Random& random() = 0;
    /// A participant's key. An attack takes its own participants' only.
    [[nodiscard]] virtual SigningKey key_of(ParticipantId who) const = 0;
    /// Keys of nobody in the world, for a second identity.
    [[nodiscard]] virtual SigningKey side_key(std::uint32_t number) const = 0;

    /// A user hands this transaction in at a participant (PaymentSubmitted).
    virtual void submit(ParticipantId at, TransactionIndex payment, Duration after) = 0;
    /// A user orders a payment (PaymentOrdered); gives the order's number.
    virtual std::uint64_t order(ParticipantId payer, const PublicKeyHash& to, Amount amount,
                                Amount fee, Duration after) = 0;
    /// Calls `poked` of the actor who sits there.
    virtual void poke(ParticipantId seat, std::uint64_t tag, Duration after) = 0;
    /// Calls `woken` of the attack.
    virtual void wake(std::uint64_t tag, Duration after) = 0;
    /// Lets a participant answer at this address, too, where nobody else does, and call from there.
    virtual void claim(ParticipantId who, const NetworkAddress& address) = 0;
    /// A user tells his participant of these addresses (AddressesGiven).
    virtual void introduce(ParticipantId who, std::vector<NetworkAddress> addresses) = 0;
    /// A fault, as the scenario's; its `at` counts from now.
    virtual void inflict(const Fault& fault) = 0;
};

/// An attack on the network: takes some seats, pulls strings, and says what came of it.
class Attack {
public:
    Attack() = default;
    Attack(const Attack&) = delete;
    Attack& operator=(const Attack&) = delete;
    virtual ~Attack() = default;

    /// Before the world is made: bends the scenario to its needs (hash shares, workload, faults),
    /// or the network, which must stay connected.
    virtual void prepare(Scenario& /*scenario*/, Graph& /*graph*/) {}

    /// Someone is to sit at this place, at the start or after a restart: an actor of the attack's,
    /// or nothing, and then an honest one does. The actor must not outlive the attack's use of it:
    /// the world owns it, and destroys it when the participant crashes.
    virtual std::unique_ptr<Actor> take(Seat& /*seat*/, AttackControl& /*control*/) {
        return nullptr;
    }

    /// The world stands, all who take part from the start are seated, and nothing has happened yet.
    virtual void begun(AttackControl& /*control*/) {}
    virtual void round_started(AttackControl& /*control*/, std::uint32_t /*round*/) {}
    /// A participant said something; called in the midst of its event, so that nothing may be asked
    /// of that participant but what the notice says.
    virtual void noticed(AttackControl& /*control*/, ParticipantId /*who*/,
                         const Notice& /*notice*/) {}
    virtual void woken(AttackControl& /*control*/, std::uint64_t /*tag*/) {}

    /// While true, the run goes on: more rounds than the scenario asks for, or mining beyond its
    /// blocks and duration.
    [[nodiscard]] virtual bool wants_more() const { return false; }

    /// At the end of the run.
    [[nodiscard]] virtual AttackOutcome outcome(const World& world) const = 0;
};

}  // namespace bezant::sim
