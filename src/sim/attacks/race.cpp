// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/race.hpp"

#include <fmt/format.h>

#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

void Race::prepare(Scenario& scenario, Graph& graph) {
    SplitAttack::prepare(scenario, graph);
    for (ParticipantId who = 0; who < scenario.participants; ++who)
        shares_.push_back(share_of(scenario, who));
}

std::string Race::paid(const World& /*world*/) const {
    return fmt::format(
        "{} gives {} a payment of {} BZT, and all others one of the same coin, back to himself",
        called(settings_.attacker), called(trade_.victim()), to_text(trade_.amount()));
}

// By then each has one of the two.
Duration Race::spread_time() const { return milliseconds(1'700); }

void Race::spread(const World& world, const std::vector<Holder>& holders) {
    std::uint64_t back = 0;
    std::uint64_t either = 0;
    for (const Holder& holder : holders) {
        either += shares_[holder.who];
        if (holder.of_back) back += shares_[holder.who];
    }
    if (either == 0) return;  // a block was quicker
    held_back_ = static_cast<double>(back) / static_cast<double>(either);
    story_.tell(world.elapsed(),
                fmt::format("{:.1f} % of the hash rate hold the one back", 100 * *held_back_));
}

void Race::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (is_over_ || !trade_.is_signed()) return;
    const World& world = control.world();
    const bool was_accepted = trade_.is_accepted();
    if (who == trade_.victim()) trade_.victim_noticed(world.archive(), notice);
    if (trade_.is_accepted() && !was_accepted)
        story_.tell(world.elapsed(),
                    fmt::format("{} has the payment, waits for no block, and hands over the goods",
                                called(who)));
    if (const auto* moved = std::get_if<TipMoved>(&notice))
        for (const BlockIndex block : moved->change.connected) look_into_block(world, block);
}

void Race::look_into_block(const World& world, BlockIndex block) {
    const Archive& archive = world.archive();
    const bool is_back = holds(archive, block, trade_.back());
    if (is_over_ || (!is_back && !holds(archive, block, trade_.to_victim()))) return;
    is_over_ = true;
    story_.tell(world.elapsed(), fmt::format("block {} confirms the payment {}",
                                             archive.blocks()[block].height.value,
                                             is_back ? "back to the attacker" : "to the victim"));
}

AttackOutcome Race::outcome(const World& world) const {
    AttackOutcome outcome{.name = "race",
                          .succeeded = trade_.is_accepted() && trade_.is_reversed(world),
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = held_back_};
    const std::string victim = called(trade_.victim());
    if (!trade_.is_signed()) {
        outcome.detail = "The attacker never had a coin to spend twice.";
    } else if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "{} gave the goods for a payment that nobody will confirm. Who "
            "waits for a block is not cheated so.",
            victim);
    } else if (!trade_.is_accepted()) {
        outcome.detail = fmt::format("{} was told of the other payment in time.", victim);
    } else {
        outcome.detail = fmt::format(
            "The block was found by one who had heard of the payment to {} "
            "first, and it stands.",
            victim);
    }
    return outcome;
}

}  // namespace bezant::sim
