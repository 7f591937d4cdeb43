// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sim/attacks/deceiver.hpp"
#include "sim/attacks/story.hpp"
#include "sim/attacks/trade.hpp"

namespace bezant::sim {

/// The victim hands over the goods as soon as the payment is in his pool. At that moment all others
/// are given the one back. It succeeds if the victim accepted his, and the other one is confirmed.
/// The odds are the share of the hash rate that heard of the payment back first.
class Race final : public Attack {
public:
    explicit Race(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void begun(AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] bool wants_more() const override { return !is_over_; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    void pay_twice(AttackControl& control);
    void count_holders(const World& world);

    AttackSettings settings_;
    Trade trade_;
    std::vector<PartsPerMillion> shares_;  ///< of all hash rate, by participant
    Amount fee_;
    std::uint32_t tries_ = 0;
    bool is_over_ = false;
    std::optional<double> held_back_;  ///< share of the hash rate that would confirm the one back
    std::optional<Lie> no_lie_;
    Story story_;
};

}  // namespace bezant::sim
