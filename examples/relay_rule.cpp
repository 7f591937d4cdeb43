// SPDX-License-Identifier: Apache-2.0
// A relay rule: everyone tells only some of his neighbours of a new block. It saves announcements;
// what does it cost? (docs/extending.md)
#include <fmt/format.h>

#include <memory>

#include "node/forwarding_effects.hpp"
#include "sim/topology/topology_spec.hpp"
#include "sim/world.hpp"

namespace bezant {
namespace {

/// Lets an announcement of a block pass with a chance of one in `one_in`.
class FanOut final : public ForwardingEffects {
public:
    FanOut(Effects& target, Random& random, std::uint64_t one_in)
        : ForwardingEffects(target), random_(random), one_in_(one_in) {}

    void send(PeerId peer, Message message) override {
        const bool announces = std::holds_alternative<Headers>(message);
        if (!announces || random_.chance(1, one_in_)) target().send(peer, std::move(message));
    }

private:
    Random& random_;
    std::uint64_t one_in_;
};

/// An honest participant who tells fewer. The run waits for him as for any other.
class Taciturn final : public sim::Actor {
public:
    Taciturn(const sim::Seat& seat, std::uint64_t one_in)
        : participant_(seat.archive, seat.key, seat.options, seat.random, seat.stored),
          random_(seat.random.stream("fan out")),
          one_in_(one_in) {}

    void handle(const Event& event, Time now, Effects& effects) override {
        FanOut fan_out{effects, random_, one_in_};
        participant_.handle(event, now, fan_out);
    }
    [[nodiscard]] const Participant* participant() const override { return &participant_; }
    [[nodiscard]] bool is_honest() const override { return true; }

private:
    Participant participant_;
    Random random_;
    std::uint64_t one_in_;
};

/// Everyone is such.
class FewAnnouncements final : public sim::Attack {
public:
    explicit FewAnnouncements(std::uint64_t one_in) : one_in_(one_in) {}

    std::unique_ptr<sim::Actor> take(sim::Seat& seat, sim::AttackControl& /*control*/) override {
        return std::make_unique<Taciturn>(seat, one_in_);
    }
    [[nodiscard]] sim::AttackOutcome outcome(const sim::World& /*world*/) const override {
        sim::AttackOutcome outcome;
        outcome.name = "few announcements";
        return outcome;
    }

private:
    std::uint64_t one_in_;
};

sim::Summary run(std::uint64_t one_in) {
    sim::Scenario scenario;
    scenario.participants = 100;
    scenario.network.proof_of_work = ProofOfWork::sampled;
    scenario.workload.kind = sim::WorkloadKind::stream;
    scenario.workload.blocks = 100;
    Random random{1};
    auto topology = sim::topology_from_spec("regular:12", scenario.participants, random, nullptr);
    sim::World world{scenario, topology->graph, std::make_unique<FewAnnouncements>(one_in)};
    return world.run().value();
}

}  // namespace
}  // namespace bezant

int main() {
    const auto all = bezant::run(1);
    const auto some = bezant::run(2);
    fmt::print("told to all: {} bytes, nine in ten have a block after {} ms\n", all.message_bytes,
               all.propagation.p90.microseconds / 1'000);
    fmt::print("told to half: {} bytes, after {} ms\n", some.message_bytes,
               some.propagation.p90.microseconds / 1'000);
    const bool cheaper = some.message_bytes < all.message_bytes;
    return cheaper && some.propagation.p90 > all.propagation.p90 ? 0 : 1;
}
