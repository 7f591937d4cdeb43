// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attack.hpp"
#include "sim/world/core.hpp"
#include "sim/world/faults.hpp"

namespace bezant::sim {

/// What an attack may do to the world, put on its schedule.
class AttackDesk final : public AttackControl {
public:
    AttackDesk(const World& world, Core& core, Faults& faults)
        : world_(world),
          core_(core),

          faults_(faults),
          random_(core.random.stream("attack")) {}

    [[nodiscard]] const World& world() const override { return world_; }
    [[nodiscard]] Archive& archive() override { return core_.archive; }
    [[nodiscard]] Random& random() override { return random_; }
    [[nodiscard]] SigningKey key_of(ParticipantId who) const override {
        return core_.keys.of_participant(who);
    }
    [[nodiscard]] SigningKey side_key(std::uint32_t number) const override {
        return core_.keys.of_stranger(number);
    }
    void submit(ParticipantId at, TransactionIndex payment, Duration after) override {
        core_.tell(at, EventKind::submission, PaymentSubmitted{payment}, after);
    }
    std::uint64_t order(ParticipantId payer, const PublicKeyHash& to, Amount amount, Amount fee,
                        Duration after) override {
        const std::uint64_t number = first_order_number + orders_++;
        core_.tell(payer, EventKind::order, PaymentOrdered{{number, to, amount, fee}}, after);
        return number;
    }
    void poke(ParticipantId seat, std::uint64_t tag, Duration after) override {
        core_.schedule.add(core_.now + after, EventKind::poke, seat, core_.schedule.world(),
                           {Started{}, core_.places[seat].life, tag});
    }
    void wake(std::uint64_t tag, Duration after) override {
        core_.wake(EventKind::attack, tag, after);
    }
    void inflict(const Fault& fault) override { faults_.add(fault, fault.at); }

private:
    /// Above any number of the workload's orders.
    static constexpr std::uint64_t first_order_number = std::uint64_t{1} << 40U;

    const World& world_;
    Core& core_;
    Faults& faults_;
    Random random_;
    std::uint64_t orders_ = 0;
};

}  // namespace bezant::sim
