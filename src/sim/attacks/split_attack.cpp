// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/split_attack.hpp"

#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

enum Moment : std::uint64_t { pay, count };

/// The first round begins a second after the start; then payments spread and nobody mines.
constexpr Duration first_payment = milliseconds(1'200);
constexpr Duration between_tries = seconds(1);
/// So many seconds he waits for a coin.
constexpr std::uint32_t tries_max = 600;

}  // namespace

void SplitAttack::prepare(Scenario& scenario, Graph& graph) {
    trade_ = Trade{settings_.attacker, victim_of(settings_, graph)};
    fee_ = scenario.workload.fee_max;
}

std::unique_ptr<Actor> SplitAttack::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<Deceiver>(seat, no_lie_);
}

void SplitAttack::begun(AttackControl& control) { control.wake(pay, first_payment); }

void SplitAttack::woken(AttackControl& control, std::uint64_t tag) {
    if (tag == pay) return pay_twice(control);
    const World& world = control.world();
    std::vector<Holder> holders;
    for (ParticipantId who = 0; who < world.size(); ++who) {
        const Participant* participant = world.participant(who);
        if (participant == nullptr) continue;
        const Holder holder{.who = who,
                            .of_victims = participant->mempool().contains(trade_.to_victim()),
                            .of_back = participant->mempool().contains(trade_.back())};
        if (holder.of_victims || holder.of_back) holders.push_back(holder);
    }
    spread(world, holders);
}

void SplitAttack::pay_twice(AttackControl& control) {
    if (!trade_.sign(control, fee_, control.world().common_tip())) {
        is_over_ = ++tries_ == tries_max;
        if (!is_over_) control.wake(pay, between_tries);
        return;
    }
    control.submit(trade_.victim(), trade_.to_victim(), {});
    control.submit(settings_.attacker, trade_.back(), {});
    control.wake(count, spread_time());
    story_.tell(control.world().elapsed(), paid(control.world()));
}

}  // namespace bezant::sim
