// SPDX-License-Identifier: Apache-2.0
// An adversary: leeches take what their neighbours send, and pass on nothing but their own. How
// much later do blocks come if three in ten are such? (docs/extending.md)
#include <fmt/format.h>

#include <memory>

#include "node/forwarding_effects.hpp"
#include "sim/topology/topology_spec.hpp"
#include "sim/world.hpp"

namespace bezant {
namespace {

/// Lets a participant's messages through but those that tell of blocks.
class Mute final : public ForwardingEffects {
public:
    using ForwardingEffects::ForwardingEffects;

    void send(PeerId peer, Message message) override {
        if (!std::holds_alternative<Headers>(message)) target().send(peer, std::move(message));
    }
};

/// A participant who says nothing of other miners' blocks.
class Leech final : public sim::Actor {
public:
    explicit Leech(const sim::Seat& seat)
        : participant_(seat.archive, seat.key, seat.options, seat.random, seat.stored) {}

    void handle(const Event& event, Time now, Effects& effects) override {
        if (std::holds_alternative<BlockGranted>(event)) {  // his own: that he tells everyone
            participant_.handle(event, now, effects);
        } else {
            Mute mute{effects};
            participant_.handle(event, now, mute);
        }
    }
    [[nodiscard]] const Participant* participant() const override { return &participant_; }
    [[nodiscard]] bool is_honest() const override { return false; }

private:
    Participant participant_;
};

/// Seats leeches at the first so many places.
class Leeches final : public sim::Attack {
public:
    explicit Leeches(std::uint32_t count) : count_(count) {}

    std::unique_ptr<sim::Actor> take(sim::Seat& seat, sim::AttackControl& /*control*/) override {
        if (seat.id >= count_) return nullptr;
        return std::make_unique<Leech>(seat);
    }
    [[nodiscard]] sim::AttackOutcome outcome(const sim::World& /*world*/) const override {
        sim::AttackOutcome outcome;
        outcome.name = "leeches";
        return outcome;
    }

private:
    std::uint32_t count_;
};

Duration time_to_nine_in_ten(std::uint32_t leeches) {
    sim::Scenario scenario;
    scenario.participants = 100;
    scenario.network.proof_of_work = ProofOfWork::sampled;
    scenario.workload.kind = sim::WorkloadKind::stream;
    scenario.workload.blocks = 100;
    Random random{1};
    auto topology = sim::topology_from_spec("regular:8", scenario.participants, random, nullptr);
    sim::World world{scenario, topology->graph, std::make_unique<Leeches>(leeches)};
    return world.run().value().propagation.p90;
}

}  // namespace
}  // namespace bezant

int main() {
    const auto without = bezant::time_to_nine_in_ten(0);
    const auto with = bezant::time_to_nine_in_ten(30);
    fmt::print("nine in ten have a block after {} ms; with 30 leeches among 100 after {} ms\n",
               without.microseconds / 1'000, with.microseconds / 1'000);
    return with > without ? 0 : 1;
}
